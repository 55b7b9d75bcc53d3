"""Measure the reading of channel files against DuckDB's typed scan of the same rows.

    python benchmarks/reading.py FOLDER [--rows 400000] [--rounds 1]

FOLDER caches the generated files. Every reading is a process of its own, in two sizes; CPU
seconds are counted after the imports. See README.md beside this file.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

DAY = date(2019, 1, 1)
GROWTH = 4
ZM_WIDTHS = (
    *(3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2),
    *(6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13, 8, 32, 13, 13, 12, 2, 1, 32, 98),
)
ALIPAY_HEADER = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,"
    "对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,"
    "商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,"
    "退款批次号/请求号,服务费（元）,分润（元）,备注"
)
SETTLEMENT_HEADER = (
    "channel_ref,order_no,kind,original_ref,amount,fee,happened_at,settle_date,card_no,bank_code,"
    "outcome,response_code"
)


def clock(number: int) -> str:
    return f"{number // 3600 % 23:02d}:{number // 60 % 60:02d}:{number % 60:02d}"


def zm_cells(number: int) -> list[str]:
    time_of_day = clock(number).replace(":", "")
    cells = [""] * len(ZM_WIDTHS)
    cells[0], cells[1], cells[2] = "S56", "00049993", "00049993"
    cells[3], cells[4] = f"{number % 10**6:06d}", f"0101{time_of_day}"
    cells[5], cells[6] = "622202******6789", f"{number % 900000 + 100:012d}"
    cells[9] = f"20190101{time_of_day}{number % 10**6:06d}8"
    cells[11], cells[12] = f"BC20190101{number:012d}", "01"
    cells[15], cells[16] = f"D{number % 900:012d}", f"C{number % 900000:012d}"
    cells[19], cells[27], cells[30] = "11", "802310048993424", "北辰小贷"
    return cells


def alipay_cells(number: int) -> list[str]:
    amount = f"{number % 9000 + 1}.{number % 100:02d}"
    at = f"2019-01-01 {clock(number)}"
    return [
        *(f"2019010122001{number:012d}", f"BC20190101{number:012d}", "交易", "按期还款", at, at),
        *("", "", "", "", "刘*(138****0001)", amount, amount, "0.00", "0.00", "0.00", "0.00"),
        *("0.00", "", "0.00", "0.00", "", f"-0.{number % 100:02d}", "0.00", ""),
    ]


def settlement_cells(number: int) -> list[str]:
    return [
        *(f"R{number:012d}", f"BC20190101{number:012d}", "debit", ""),
        *(f"{number % 9000 + 1}.{number % 100:02d}", f"0.{number % 100:02d}"),
        *(f"2019-01-01 {clock(number)}", "2019-01-01", "622202******6789", "ICBC"),
        *("succeeded", "00"),
    ]


def as_csv(header: str, cells: Callable[[int], list[str]], rows: int) -> Iterator[str]:
    yield header + "\n"
    for number in range(rows):
        yield ",".join(cells(number)) + "\n"


def zm_zip(path: Path, rows: int) -> None:
    report = f"交易类型 | 笔数\r\n总计 | {rows} | 0 | 0 | 0 | 0 | 0 | 0\r\n".encode("gbk")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("RD201019010101_802310048993424", report)
        with archive.open("INN19010188ZM_802310048993424", "w", force_zip64=True) as member:
            for number in range(rows):
                fields = zip(zm_cells(number), ZM_WIDTHS, strict=True)
                record = [cell.encode("gbk").ljust(width) for cell, width in fields]
                member.write(b" ".join(record) + b"\r\n")


def alipay_zip(path: Path, rows: int) -> None:
    end = (
        f"#列表结束\n#交易合计：{rows}笔，商家实收共0.00元，商家优惠共0.00元\n"
        "#退款合计：0笔，商家实收退款共0.00元，商家优惠退款共0.00元\n"
    )
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive,
        archive.open("detail.csv", "w", force_zip64=True) as member,
    ):
        for line in as_csv(ALIPAY_HEADER, alipay_cells, rows):
            member.write(line.encode("gbk"))
        member.write(end.encode("gbk"))


def plain_csv(header: str, cells: Callable[[int], list[str]]) -> Callable[[Path, int], None]:
    def make(path: Path, rows: int) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(as_csv(header, cells, rows))

    return make


MONEY, INSTANT, DATE, TEXT = "decimal(18,2)", "timestamp", "date", "varchar"
ZM_TYPES = {6: "bigint"}
ALIPAY_TYPES = {4: INSTANT, 5: INSTANT, **dict.fromkeys((*range(11, 18), 19, 20, 22, 23), MONEY)}
SETTLEMENT_TYPES = {4: MONEY, 5: MONEY, 6: INSTANT, 7: DATE}

CASES = {
    # layout: (file of tieout's format, its format, how to make it, types, the same rows as CSV)
    "fixed width, GBK": ("x_20190101.zip", "unionpay_zm_v1", zm_zip),
    "CSV, GBK": ("x0156_20190101.csv.zip", "alipay_trade_v1", alipay_zip),
    "CSV, UTF-8": (
        "x.2019-01-01.csv",
        "channel_settlement_v1",
        plain_csv(SETTLEMENT_HEADER, settlement_cells),
    ),
}
SAME_ROWS = {
    "fixed width, GBK": (",".join(f"f{n}" for n in range(42)), zm_cells, ZM_TYPES),
    "CSV, GBK": (ALIPAY_HEADER, alipay_cells, ALIPAY_TYPES),
    "CSV, UTF-8": (SETTLEMENT_HEADER, settlement_cells, SETTLEMENT_TYPES),
}


def read_with_tieout(path: Path, format_name: str) -> Callable[[], int]:
    from tieout.reading import load_formats, read

    fmt = load_formats(None)[format_name]

    def work() -> int:
        rows = 0
        for part in read(
            path,
            path.name,
            fmt,
            business_date=DAY,
            currency_decimals=2,
            max_reject_rate=Decimal(0),
        ):
            for batch in part.batches:
                rows += batch.num_rows if part.relation == "settlement" else 0
            part.finish()
        return rows

    return work


def scan_with_duckdb(path: Path, columns: int, types: dict[int, str]) -> Callable[[], int]:
    import duckdb

    names = [f"f{number}" for number in range(columns)]
    typed = ", ".join(f"'{n}': '{types.get(i, TEXT)}'" for i, n in enumerate(names))
    every = ", ".join(f"max({name})" for name in names)
    query = (
        f"select count(*), {every} from read_csv('{path}', header = true, delim = ',', "
        f"quote = '\"', escape = '\"', auto_detect = false, columns = {{{typed}}})"
    )

    def work() -> int:
        with duckdb.connect() as connection:
            return int(connection.execute(query).fetchall()[0][0])

    return work


def prepared(folder: Path, case: str, rows: int) -> tuple[Path, Path]:
    """The file of a case and the same rows as UTF-8 CSV, made unless they are there."""
    name, _, make = CASES[case]
    header, cells, _ = SAME_ROWS[case]
    place = folder / f"{case.replace(', ', '_').replace(' ', '_')}_{rows}"
    place.mkdir(parents=True, exist_ok=True)
    if not (place / "made").exists():
        make(place / name, rows)
        plain_csv(header, cells)(place / "same_rows.csv", rows)
        (place / "made").touch()
    return place / name, place / "same_rows.csv"


def measured(folder: Path, case: str, engine: str, rows: int) -> dict[str, float]:
    """What one process of its own needed."""
    command = [sys.executable, __file__, str(folder), "--rows", str(rows), "--one", case, engine]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures: dict[str, float] = json.loads(said)
    return figures


def one(folder: Path, case: str, engine: str, rows: int) -> None:
    """Read once in this process and print what it cost."""
    path, same_rows = prepared(folder, case, rows)
    if engine == "tieout":
        work = read_with_tieout(path, CASES[case][1])
    else:
        header, _, types = SAME_ROWS[case]
        work = scan_with_duckdb(same_rows, header.count(",") + 1, types)
    began, cpu = time.perf_counter(), time.process_time()
    found = work()
    cost = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - began}
    assert found == rows, f"{found} rows, not {rows}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**cost, "peak": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--one", nargs=2, metavar=("CASE", "ENGINE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        one(arguments.folder, *arguments.one, arguments.rows)
        return
    print(f"{'layout':<18}{'rows':>10}{'engine':>9}{'cpu s':>8}{'wall s':>8}{'peak MiB':>10}")
    for case in CASES:
        for rows in (arguments.rows, GROWTH * arguments.rows):
            prepared(arguments.folder, case, rows)
            cpu = {}
            for engine in ("tieout", "duckdb"):
                rounds = [
                    measured(arguments.folder, case, engine, rows) for _ in range(arguments.rounds)
                ]
                cost = {name: statistics.median(r[name] for r in rounds) for name in rounds[0]}
                cpu[engine] = cost["cpu"]
                print(
                    f"{case:<18}{rows:>10,}{engine:>9}{cost['cpu']:>8.2f}{cost['wall']:>8.2f}"
                    f"{cost['peak']:>10.0f}"
                )
            rate = cpu["duckdb"] / cpu["tieout"]
            print(f"{case:<18}{rows:>10,} tieout's rate per CPU second: {rate:.2f} of DuckDB's")


if __name__ == "__main__":
    main()
