(function () {
  var list = document.getElementById("break-list");
  if (!list) return;
  var rows = Array.prototype.slice.call(list.rows);
  var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
  var search = document.getElementById("search");
  var shown = document.getElementById("shown");
  var picks = ["category", "severity", "liable"].map(function (name) {
    return { name: name, select: document.getElementById("by-" + name) };
  });
  function filter() {
    var words = search.value.toLowerCase().split(/\s+/);
    var count = 0;
    rows.forEach(function (row, place) {
      var fits = words.every(function (word) { return texts[place].indexOf(word) >= 0; }) &&
        picks.every(function (pick) { return !pick.select.value || row.dataset[pick.name] === pick.select.value; });
      row.hidden = !fits;
      if (fits) count += 1;
    });
    shown.textContent = count.toLocaleString("en") + " / " + rows.length.toLocaleString("en");
  }
  search.addEventListener("input", filter);
  picks.forEach(function (pick) { pick.select.addEventListener("change", filter); });
  filter();
}());
