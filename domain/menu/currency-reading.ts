import type { Currency } from "../../contracts/money.ts";
import { Cursor } from "./cursor.ts";
import type { FaultLog } from "./fault-log.ts";

/** Source: ISO 4217 list one, without funds, metals and test codes. */
const circulating = new Set(
  `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
  COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
  INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
  MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
  SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
  VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG`.split(/\s+/),
);

/** The file's currency, or the hint's where the file names none; null, reported, where no price could be understood. */
export function readCurrency(at: Cursor, hint: string | undefined, log: FaultLog): Currency | null {
  const silent = at.missing || at.value === "";
  const { value } = silent ? new Cursor(hint) : at;
  const whole = "the whole file is refused";
  if (value === undefined) {
    log.refused(at.path, "currency-missing", "Neither the file nor the request names a currency.", whole);
    return null;
  }
  const code = typeof value === "string" ? value.trim().toUpperCase() : "";
  if (!circulating.has(code)) {
    log.refused(at.path, "currency-unknown", `${new Cursor(value).shown()} is no ISO 4217 currency.`, whole);
    return null;
  }
  if (silent) log.noted(at.path, "currency-assumed", "The file names no currency.", `prices are taken as ${code}`);
  return code;
}
