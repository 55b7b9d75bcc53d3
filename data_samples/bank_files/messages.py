"""Messages of banks: statements, notifications and status reports."""


def files() -> dict[str, bytes]:
    """Each message under the name it is delivered with."""
    return {
        "bank/larchmont.camt053.2024-03-05.xml": CAMT053.encode(),
        "sepa/larchmont.camt054.2024-03-05.xml": CAMT054.encode(),
        "sepa/larchmont.pain002.2024-03-05.xml": PAIN002.encode(),
        "bank/larchmont.mt940.2024-03-05.sta": MT940.encode(),
    }


CAMT053 = """\
<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
  <BkToCstmrStmt>
    <GrpHdr><MsgId>STM20240305</MsgId><CreDtTm>2024-03-06T05:10:00-05:00</CreDtTm></GrpHdr>
    <Stmt>
      <Id>2024-065-A</Id>
      <StmtPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>
      <Acct><Id><Othr><Id>OPERATING-01</Id></Othr></Id><Ccy>USD</Ccy></Acct>
      <Bal>
        <Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>
        <Amt Ccy="USD">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-03-05</Dt></Dt>
      </Bal>
      <Bal>
        <Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>
        <Amt Ccy="USD">6055.10</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2024-03-05</Dt></Dt>
      </Bal>
      <TxsSummry><TtlNtries><NbOfNtries>4</NbOfNtries></TtlNtries></TxsSummry>
      <Ntry>
        <Amt Ccy="USD">1850.10000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><DtTm>2024-03-05T23:40:00-05:00</DtTm></BookgDt>
        <AcctSvcrRef>B-90001</AcctSvcrRef>
        <NtryDtls><TxDtls>
          <RmtInf><Ustrd>STRIPE PAYOUT</Ustrd><Ustrd>SETTLEMENT 2024-03-04</Ustrd></RmtInf>
        </TxDtls></NtryDtls>
      </Ntry>
      <Ntry>
        <Amt Ccy="USD">3250.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>2024-03-05</Dt></BookgDt>
        <AcctSvcrRef>B-90002</AcctSvcrRef>
        <NtryDtls><Btch><PmtInfId>COLL-20240304</PmtInfId><NbOfTxs>2</NbOfTxs></Btch></NtryDtls>
      </Ntry>
      <Ntry>
        <Amt Ccy="USD">45.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>2024-03-05</Dt></BookgDt>
        <AcctSvcrRef>B-90003</AcctSvcrRef>
        <AddtlNtryInf>ACCOUNT FEE MARCH</AddtlNtryInf>
      </Ntry>
      <Ntry>
        <Amt Ccy="USD">700.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts>
        <BookgDt><Dt>2024-03-06</Dt></BookgDt>
        <AddtlNtryInf>NOT BOOKED YET</AddtlNtryInf>
      </Ntry>
    </Stmt>
    <Stmt>
      <Id>2024-065-B</Id>
      <Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>USD</Ccy></Acct>
      <Bal>
        <Tp><CdOrPrtry><Cd>PRCD</Cd></CdOrPrtry></Tp>
        <Amt Ccy="USD">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2024-03-04</Dt></Dt>
      </Bal>
      <Bal>
        <Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>
        <Amt Ccy="USD">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Dt><Dt>2024-03-05</Dt></Dt>
      </Bal>
    </Stmt>
  </BkToCstmrStmt>
</Document>
"""

CAMT054 = """\
<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.04">
  <BkToCstmrDbtCdtNtfctn>
    <GrpHdr><MsgId>NTF20240305</MsgId><CreDtTm>2024-03-05T18:00:00-05:00</CreDtTm></GrpHdr>
    <Ntfctn>
      <Id>NTF20240305-1</Id>
      <Acct><Id><Othr><Id>OPERATING-01</Id></Othr></Id></Acct>
      <Ntry>
        <Amt Ccy="USD">3250.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><DtTm>2024-03-05T22:15:30Z</DtTm></BookgDt>
        <AcctSvcrRef>N-501</AcctSvcrRef>
        <NtryDtls>
          <Btch><PmtInfId>COLL-20240304</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>
          <TxDtls>
            <Refs><EndToEndId>DO-1001</EndToEndId><TxId>T-1</TxId></Refs>
            <AmtDtls><TxAmt><Amt Ccy="USD">1625.00</Amt></TxAmt></AmtDtls>
            <RltdPties><Dbtr><Nm>Never Loaded</Nm></Dbtr></RltdPties>
          </TxDtls>
          <TxDtls>
            <Refs><EndToEndId>DO-1002</EndToEndId><TxId>T-2</TxId></Refs>
            <AmtDtls><TxAmt><Amt Ccy="USD">1625.00</Amt></TxAmt></AmtDtls>
          </TxDtls>
        </NtryDtls>
      </Ntry>
      <Ntry>
        <Amt Ccy="USD">800.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>2024-03-05</Dt></BookgDt>
        <AcctSvcrRef>N-502</AcctSvcrRef>
        <NtryDtls><Btch><PmtInfId>COLL-20240305</PmtInfId><NbOfTxs>4</NbOfTxs></Btch></NtryDtls>
      </Ntry>
      <Ntry>
        <Amt Ccy="USD">1625.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd><Sts>BOOK</Sts>
        <BookgDt><Dt>2024-03-05</Dt></BookgDt>
        <AcctSvcrRef>N-503</AcctSvcrRef>
        <NtryDtls><TxDtls>
          <Refs><EndToEndId>DO-0988</EndToEndId><TxId>T-0</TxId></Refs>
          <RtrInf><Rsn><Cd>MD06</Cd></Rsn></RtrInf>
        </TxDtls></NtryDtls>
      </Ntry>
      <Ntry>
        <Amt Ccy="USD">20.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
        <BookgDt><Dt>2024-03-05</Dt></BookgDt>
        <AcctSvcrRef>N-504</AcctSvcrRef>
        <NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs></TxDtls></NtryDtls>
      </Ntry>
    </Ntfctn>
  </BkToCstmrDbtCdtNtfctn>
</Document>
"""

PAIN002 = """\
<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">
  <CstmrPmtStsRpt>
    <GrpHdr><MsgId>STS20240305</MsgId><CreDtTm>2024-03-05T12:00:00-05:00</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>COLL-20240305</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
    <OrgnlPmtInfAndSts>
      <OrgnlPmtInfId>PI-1</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>
      <TxInfAndSts>
        <OrgnlEndToEndId>DO-1003</OrgnlEndToEndId><TxSts>RJCT</TxSts>
        <StsRsnInf><Rsn><Cd>AM04</Cd></Rsn><AddtlInf>not enough money</AddtlInf></StsRsnInf>
        <OrgnlTxRef><Amt><InstdAmt Ccy="USD">1625.00</InstdAmt></Amt></OrgnlTxRef>
      </TxInfAndSts>
      <TxInfAndSts>
        <OrgnlEndToEndId>DO-1004</OrgnlEndToEndId><TxSts>PDNG</TxSts>
        <OrgnlTxRef><Amt><InstdAmt Ccy="USD">810.50</InstdAmt></Amt></OrgnlTxRef>
      </TxInfAndSts>
    </OrgnlPmtInfAndSts>
    <OrgnlPmtInfAndSts>
      <OrgnlPmtInfId>PI-2</OrgnlPmtInfId><PmtInfSts>ACCP</PmtInfSts>
    </OrgnlPmtInfAndSts>
    <TxInfAndSts>
      <OrgnlEndToEndId>DO-1005</OrgnlEndToEndId><TxSts>ACSC</TxSts>
      <AccptncDtTm>2024-03-05T16:30:00Z</AccptncDtTm>
      <OrgnlTxRef><Amt><InstdAmt Ccy="USD">300.00</InstdAmt></Amt></OrgnlTxRef>
    </TxInfAndSts>
  </CstmrPmtStsRpt>
</Document>
"""

MT940 = """\
{1:F01LARCUS33AXXX0000000000}{2:I940LARCUS33XXXXN}{4:
:20:STM240305
:25:OPERATING-02
:28C:65/1
:60F:C240305USD1200,00
:61:2403050305C500,NTRFADYEN 134//B-1
:86:ADYEN BATCH 134 SETTLEMENT 2024-03-04
:61:2402300305D6,00NCHGNONREF//B-2
:86:VALUE ON A DAY THAT ONLY A BANK'S YEAR HAS
:61:2403050305RC25,50NTRFNONREF//B-3
:86:A CREDIT THAT IS TAKEN BACK
:61:2403050305RD10,25NTRFNONREF//B-4
:86:A DEBIT THAT IS GIVEN BACK
:62F:C240305USD1678,75
:86:CLOSING REMARK OF THE STATEMENT
-}
{1:F01LARCUS33AXXX0000000001}{2:I940LARCUS33XXXXN}{4:
:20:STM240305
:25:OPERATING-03
:28C:65/1
:60F:D240305USD10,00
:62F:D240305USD10,00
-}
"""
