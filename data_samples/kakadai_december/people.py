"""Who borrowed and what happened to each of them, 2018-12-13 to 2018-12-19.

STORY.md tells it in words; every name of a function here is a chapter there.
"""

from datetime import date, timedelta

from ledger_book import (
    FIRST_DAY,
    LAST_DAY,
    Book,
    Receipt,
    StatementEntry,
    clearing_day,
    day,
    fen,
    instant,
)

BINS = {
    "ABC": "622848",
    "BOC": "621661",
    "CCB": "622700",
    "CEB": "622660",
    "CIB": "622908",
    "CMB": "622588",
    "ICBC": "622202",
    "PSBC": "622188",
    "SPDB": "622521",
}


def forgotten_debit(book: Book) -> None:
    """1,625.00 due on the 16th, the money on the card, and nobody sent the debit."""
    loan = book.lend(
        "K1001", "unionpay", "ICBC", "12-16", "1500.00", "125.00", bin_number=BINS["ICBC"]
    )
    for entry_no, at, amount, balance, words in (
        ("1", "12-12 12:03:51", "-86.60", "13.40", "POS消费 便民超市"),
        ("2", "12-15 18:42:10", "2000.00", "2013.40", "转账汇入 林秀英"),
        ("3", "12-17 20:15:33", "-60.00", "1953.40", "话费充值"),
    ):
        signed = -fen(amount[1:]) if amount.startswith("-") else fen(amount)
        book.statement.append(
            StatementEntry(loan, entry_no, instant(at), signed, fen(balance), words, day("12-18"))
        )
    book.charge_late(loan, "12-17", "12-19")
    for days_past_due in (1, 2, 3):
        book.say(
            loan,
            day("12-16") + timedelta(days=days_past_due),
            days_past_due,
            "overdue",
            "phone",
            "1",
            day("12-17"),
        )
    order = book.order(loan, "12-19 10:02:11", purpose="overdue")
    book.debit(order, "12-19 10:02:14")
    book.post(loan, "12-19 10:02:40", order)


def failed_in_the_app(book: Book) -> None:
    """The bank debits and answers 74, `write-off unknown`; the app reads it as failed."""
    loan = book.lend(
        "K1002", "unionpay", "BOC", "12-15", "2200.00", "180.50", bin_number=BINS["BOC"]
    )
    order = book.order(loan, "12-15 08:00:12", status="failed", response_code="74")
    book.debit(order, "12-15 08:00:15")
    charges = book.charge_late(loan, "12-16", "12-17")
    book.say(loan, day("12-16"), 1, "overdue", "reminder")
    book.say(loan, day("12-17"), 2, "overdue", "phone")
    book.learn(order, day("12-18"), "succeeded", "74")
    book.post(loan, "12-18 15:06:02", order, value_date="12-15")
    book.waive(charges, "12-18")
    book.say(loan, day("12-18"), 0, "paid", "none")


def payoff_in_one_sum(book: Book) -> None:
    """20,000 sent four times to a bank that takes 5,000 a debit; then the loan is locked."""
    loan = book.lend(
        "K1003", "unionpay", "CCB", "12-18", "1600.00", "150.00", bin_number=BINS["CCB"]
    )
    for requested_at in ("12-16 09:30:00", "12-16 14:10:25", "12-17 09:05:40", "12-17 16:40:08"):
        book.order(
            loan,
            requested_at,
            amount=fen("20000.00"),
            status="failed",
            response_code="33",
            purpose="prepayment",
        )
    book.lock(loan, day("12-17"))
    book.charge_late(loan, "12-19", "12-19")
    book.say(loan, day("12-19"), 1, "overdue", "reminder")


def ten_past_eleven(book: Book) -> None:
    """Debited at 23:10 on the due day: UnionPay files it under the next clearing day."""
    loan = book.lend(
        "K1004", "unionpay", "CMB", "12-16", "1000.00", "120.00", bin_number=BINS["CMB"]
    )
    order = book.order(loan, "12-16 23:10:05")
    book.debit(order, "12-16 23:10:07")
    book.post(loan, "12-16 23:10:31", order)
    book.say(loan, day("12-16"), 0, "paid", "none")


def posted_two_days_late(book: Book) -> None:
    """Debited on the 14th, posted on the 16th."""
    loan = book.lend("K1005", "alipay", "CMB", "12-14", "800.00", "60.40", bin_number=BINS["CMB"])
    order = book.order(loan, "12-14 08:20:30")
    book.debit(order, "12-14 08:20:33")
    book.post(loan, "12-16 09:30:00", order, value_date="12-14")
    book.say(loan, day("12-16"), 0, "paid", "none")


def dated_a_day_late(book: Book) -> None:
    """Posted within minutes, with tomorrow as its value date."""
    loan = book.lend("K1006", "alipay", "SPDB", "12-17", "950.00", "95.00", bin_number=BINS["SPDB"])
    order = book.order(loan, "12-17 09:12:37")
    book.debit(order, "12-17 09:12:40")
    book.post(loan, "12-17 09:20:00", order, value_date="12-18")
    book.say(loan, day("12-17"), 0, "paid", "none")


def taken_twice(book: Book) -> None:
    """A timeout, a second order, two debits; refunded and booked afresh on the 18th."""
    loan = book.lend(
        "K1007", "wechatpay", "CCB", "12-16", "900.00", "80.00", bin_number=BINS["CCB"]
    )
    timed_out = book.order(loan, "12-16 07:30:00", status="unknown", response_code="SYSTEMERROR")
    book.debit(timed_out, "12-16 07:30:03")
    again = book.order(loan, "12-16 08:15:00")
    second = book.debit(again, "12-16 08:15:02")
    first_posting = book.post(loan, "12-16 08:15:20", again)
    book.say(loan, day("12-16"), 0, "paid", "none")
    book.give_back(second, "refund", "12-18 11:00:00")
    book.undo(first_posting, "12-18 11:30:00")
    book.learn(timed_out, day("12-18"), "succeeded", "SUCCESS")
    book.post(loan, "12-18 11:30:05", timed_out, value_date="12-16")


def changed_his_mind(book: Book) -> None:
    """A prepayment of 500 on the 15th, refunded and reversed on the 17th."""
    loan = book.lend("K1008", "alipay", "CIB", "12-13", "1080.00", "76.30", bin_number=BINS["CIB"])
    book.repay_quietly(loan, "12-13 08:04:10")
    order = book.order(loan, "12-15 20:11:02", amount=fen("500.00"), purpose="prepayment")
    line = book.debit(order, "12-15 20:11:09")
    posting = book.post(loan, "12-15 20:11:30", order)
    book.give_back(line, "refund", "12-17 14:25:00")
    book.undo(posting, "12-17 14:26:10")


def reversed_by_the_channel(book: Book) -> None:
    """Debited, reversed by the channel, debited again; the first posting stays until the 19th."""
    loan = book.lend(
        "K1009", "unionpay", "CEB", "12-15", "1200.00", "110.00", bin_number=BINS["CEB"]
    )
    order = book.order(loan, "12-15 10:00:01")
    line = book.debit(order, "12-15 10:00:04")
    posting = book.post(loan, "12-15 10:00:30", order)
    book.give_back(line, "reversal", "12-15 10:20:00")
    again = book.order(loan, "12-15 10:40:00")
    book.debit(again, "12-15 10:40:03")
    book.post(loan, "12-15 10:40:24", again)
    book.say(loan, day("12-15"), 0, "paid", "none")
    book.undo(posting, "12-19 10:00:00")


def in_three_pieces(book: Book) -> None:
    """5,200 through a bank that takes 2,000 a debit: three debits, one posting."""
    loan = book.lend(
        "K1010", "unionpay", "ABC", "12-17", "4800.00", "400.00", bin_number=BINS["ABC"]
    )
    orders = []
    for second, amount in enumerate(("2000.00", "2000.00", "1200.00")):
        order = book.order(loan, f"12-17 08:30:0{second}", amount=fen(amount))
        book.debit(order, f"12-17 08:30:1{second}")
        orders.append(order)
    book.post(loan, "12-17 08:30:40", orders[0], amount=fen("5200.00"))
    book.say(loan, day("12-17"), 0, "paid", "none")


def eighty_eight_fen_short(book: Book) -> None:
    """1,388.88 debited, 1,388.00 posted, and a fee of 100 for the missing 0.88."""
    loan = book.lend(
        "K1011", "alipay", "ICBC", "12-15", "1288.88", "100.00", bin_number=BINS["ICBC"]
    )
    order = book.order(loan, "12-15 08:20:05")
    book.debit(order, "12-15 08:20:08")
    book.post(loan, "12-15 08:20:30", order, amount=fen("1388.00"))
    book.charge_late(loan, "12-16", "12-19")
    for days_past_due in (1, 2, 3, 4):
        as_of = day("12-15") + timedelta(days=days_past_due)
        book.say(loan, as_of, days_past_due, "overdue", "reminder")


def honestly_late(book: Book) -> None:
    """No money in the wallet, rightly charged, paid by bank transfer on the 18th."""
    loan = book.lend(
        "K1012", "wechatpay", "PSBC", "12-15", "1340.00", "120.00", bin_number=BINS["PSBC"]
    )
    book.order(loan, "12-15 08:10:00", status="failed", response_code="NOTENOUGH")
    book.order(
        loan, "12-17 08:10:00", status="failed", response_code="NOTENOUGH", purpose="overdue"
    )
    book.charge_late(loan, "12-16", "12-18")
    book.say(loan, day("12-16"), 1, "overdue", "reminder")
    book.say(loan, day("12-17"), 2, "overdue", "phone")
    instalment = book.current(loan)
    book.post(
        loan,
        "12-18 16:45:00",
        None,
        amount=instalment.due,
        instalment_no=instalment.instalment_no,
    )
    book.say(loan, day("12-18"), 0, "paid", "none")


def the_zero_piece(book: Book) -> None:
    """10,000 is twice 5,000 exactly: the splitter sends 5,000 and then nothing."""
    loan = book.lend(
        "K1013", "unionpay", "CCB", "12-18", "9400.00", "600.00", bin_number=BINS["CCB"]
    )
    first = book.order(loan, "12-18 08:40:00", amount=fen("5000.00"))
    book.debit(first, "12-18 08:40:03")
    book.post(loan, "12-18 08:40:25", first)
    book.order(loan, "12-18 08:40:01", amount=fen("0.00"), status="failed", response_code="13")
    book.charge_late(loan, "12-19", "12-19")
    book.say(loan, day("12-19"), 1, "overdue", "reminder")


def somebody_elses_repayment(book: Book) -> None:
    """An export names the wrong loan and is delivered again; build.py makes the first one."""
    payer = book.lend(
        "K1014", "wechatpay", "CIB", "12-17", "690.00", "55.00", bin_number=BINS["CIB"]
    )
    other = book.lend(
        "K1015", "wechatpay", "BOC", "12-19", "1450.00", "88.00", bin_number=BINS["BOC"]
    )
    book.repay_quietly(payer, "12-17 08:12:00")
    book.repay_quietly(other, "12-19 08:12:00")


def not_posted_yet(book: Book) -> None:
    """Debited on the last evening; the ledger has until tomorrow evening."""
    loan = book.lend("K1016", "alipay", "ABC", "12-19", "600.00", "48.20", bin_number=BINS["ABC"])
    order = book.order(loan, "12-19 21:40:10")
    book.debit(order, "12-19 21:40:13")


def quiet_borrowers(book: Book) -> None:
    """Twenty-five people to whom nothing happened."""
    banks = sorted(BINS)
    channels = ("unionpay", "alipay", "wechatpay")
    for number in range(25):
        channel = channels[number % 3]
        due = FIRST_DAY + timedelta(days=number * 3 % 7)
        if channel == "alipay" and due == day("12-18"):
            channel = "unionpay"
        bank = banks[number * 5 % len(banks)]
        principal = f"{460 + number * 67 % 1100}.00"
        interest = f"{31 + number * 7 % 60}.{number * 13 % 100:02d}"
        loan = book.lend(
            f"K{2001 + number}",
            channel,
            bank,
            f"{due:%m-%d}",
            principal,
            interest,
            bin_number=BINS[bank],
        )
        book.repay_quietly(loan, f"{due:%m-%d} 08:{number % 12 + 1:02d}:{number * 17 % 39:02d}")


NEXT_BUSINESS_DAY = {
    "12-13": "12-14",
    "12-14": "12-17",
    "12-15": "12-17",
    "12-16": "12-17",
    "12-17": "12-18",
    "12-18": "12-19",
}


def bank_account(book: Book) -> None:
    """What the channels settled: one receipt late, one short, one that is no channel's."""
    for settled, booked in NEXT_BUSINESS_DAY.items():
        for channel in ("unionpay", "alipay", "wechatpay"):
            settle_date = day(settled)
            net = 0
            for line in book.lines:
                if line.channel == channel and line.settle_date == settle_date:
                    net += line.amount if line.kind == "debit" else -line.amount
                    net -= line.fee
            if net == 0:
                continue
            booked_on = day(booked)
            if (channel, settled) == ("alipay", "12-17"):
                booked_on = day("12-19")
            if (channel, settled) == ("wechatpay", "12-14"):
                net -= fen("30.00")
            says_its_day = (channel, settled) != ("unionpay", "12-13")
            book.receipts.append(
                Receipt(
                    f"R{len(book.receipts) + 1:04d}",
                    booked_on,
                    net,
                    channel,
                    settle_date if says_its_day else None,
                    "代收结算款",
                )
            )
    book.receipts.append(Receipt("R9001", day("12-18"), fen("12.34"), "", None, "活期存款利息"))


def everything() -> Book:
    """The whole week."""
    book = Book()
    for chapter in (
        forgotten_debit,
        failed_in_the_app,
        payoff_in_one_sum,
        ten_past_eleven,
        posted_two_days_late,
        dated_a_day_late,
        taken_twice,
        changed_his_mind,
        reversed_by_the_channel,
        in_three_pieces,
        eighty_eight_fen_short,
        honestly_late,
        the_zero_piece,
        somebody_elses_repayment,
        not_posted_yet,
        quiet_borrowers,
        bank_account,
    ):
        chapter(book)
    for line in book.lines:
        assert FIRST_DAY <= clearing_day(line.channel, line.happened_at) <= LAST_DAY
    return book


def story_days() -> list[date]:
    """Every business date of the story."""
    return [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
