import { bound, each, fixed, scalar } from './entry';
import type { FunctionMapping } from './mapping';
import { raise } from './sql-text';

const TEXTS =
  "[NULL, '1.2.3.4', '0.0.0.0', '255.255.255.255', '::', '::1', '1::', '2001:db8::ff00:42:8329', '2001:0DB8:0:0:1:0:0:1', '::ffff:1.2.3.4', '::1.2.3.4', '1:0:0:2:0:0:0:3', '1:2:3:0:5:6:7:8', '1:2:3:4:5:6:1.2.3.4', '0:0:0:0:0:0:0:2', '::1:0', '::ffff:0:0', '1:2:3:4:5:6:7::']";
const BAD = [
  "''",
  "'256.1.1.1'",
  "'01.2.3.4'",
  "'1.2.3'",
  "'1.2.3.4.'",
  "' 1.2.3.4'",
  "'1.2.3.4/8'",
  "':::'",
  "'1::2::3'",
  "'1:2:3:4:5:6:7:8:9'",
  "'1:2:3:4:5:6:7'",
  "'1:2:3:4:5:6:7::8'",
  "'12345::'",
  "'1.2.3.4::'",
  "'::1.2.3'",
  "'fe80::1%eth0'",
  "'x'",
];
const BYTES = 'BYTES' as const;
const of = (text: string): string => `NET.IP_FROM_STRING(${text})`;

export const ipFunctions: readonly FunctionMapping[] = [
  scalar(
    'net.ip_from_string',
    'NET.IP_FROM_STRING(s)',
    bound(
      (x) =>
        `CASE WHEN ${x} IS NOT NULL THEN coalesce(unhex(bq_ip_hex(${x})), ${raise('NET.IP_FROM_STRING of what is no IP address', { kind: BYTES })}) END`,
    ),
    [each('NET.IP_FROM_STRING(x)', TEXTS), ...BAD.map(of)],
  ),
  scalar(
    'net.safe_ip_from_string',
    'NET.SAFE_IP_FROM_STRING(s)',
    fixed((x) => `unhex(bq_ip_hex(${x}))`),
    [
      each('NET.SAFE_IP_FROM_STRING(x)', TEXTS),
      each('NET.SAFE_IP_FROM_STRING(x)', `[${BAD.join(', ')}]`),
    ],
  ),
  scalar(
    'net.ip_to_string',
    'NET.IP_TO_STRING(bytes)',
    fixed((x) => `bq_ip_text(${x})`),
    [
      each(`NET.IP_TO_STRING(${of('x')})`, TEXTS),
      "NET.IP_TO_STRING(b'abc')",
      "NET.IP_TO_STRING(b'')",
    ],
  ),
  scalar(
    'net.ip_trunc',
    'NET.IP_TRUNC(bytes, bits)',
    fixed((x, bits) => `unhex(bq_ip_trunc(${x}, ${bits}))`),
    [
      each(`NET.IP_TRUNC(${of("'203.0.113.77'")}, x)`, '[NULL, 0, 1, 8, 23, 24, 31, 32]'),
      each(`NET.IP_TRUNC(${of("'2001:db8::ff00:42:8329'")}, x)`, '[0, 48, 64, 127, 128]'),
      each(`NET.IP_TRUNC(${of('x')}, 20)`, TEXTS),
      `NET.IP_TRUNC(${of("'1.2.3.4'")}, 33)`,
      `NET.IP_TRUNC(${of("'1.2.3.4'")}, -1)`,
      "NET.IP_TRUNC(b'abc', 3)",
    ],
  ),
  scalar(
    'net.ip_net_mask',
    'NET.IP_NET_MASK(bytes, bits)',
    fixed((length, bits) => `unhex(bq_ip_mask(${length}, ${bits}))`),
    [
      each('NET.IP_NET_MASK(4, x)', '[NULL, 0, 1, 24, 32]'),
      each('NET.IP_NET_MASK(16, x)', '[0, 65, 128]'),
      'NET.IP_NET_MASK(5, 1)',
      'NET.IP_NET_MASK(4, 33)',
      'NET.IP_NET_MASK(4, -1)',
    ],
  ),
  scalar(
    'net.ipv4_to_int64',
    'NET.IPV4_TO_INT64(bytes)',
    bound(
      (x) =>
        `CASE WHEN octet_length(${x}) = 4 THEN CAST('0x' || hex(${x}) AS BIGINT) WHEN ${x} IS NOT NULL THEN ${raise('NET.IPV4_TO_INT64 of other than 4 bytes', { kind: 'INT64' })} END`,
    ),
    [
      each(
        'NET.IPV4_TO_INT64(x)',
        "[NULL, b'\\x00\\x00\\x00\\x00', b'\\x01\\x02\\x03\\x04', b'\\xff\\xff\\xff\\xff']",
      ),
      "NET.IPV4_TO_INT64(b'abc')",
    ],
  ),
  scalar(
    'net.ipv4_from_int64',
    'NET.IPV4_FROM_INT64(n)',
    bound(
      (n) =>
        `CASE WHEN ${n} BETWEEN -2147483648 AND 4294967295 THEN unhex(printf('%08x', (${n} + 4294967296) % 4294967296)) WHEN ${n} IS NOT NULL THEN ${raise('NET.IPV4_FROM_INT64 is out of range', { kind: BYTES })} END`,
    ),
    [
      each('NET.IPV4_FROM_INT64(x)', '[NULL, 0, 1, -1, 16909060, 4294967295, -2147483648]'),
      'NET.IPV4_FROM_INT64(4294967296)',
      'NET.IPV4_FROM_INT64(-2147483649)',
    ],
  ),
];
