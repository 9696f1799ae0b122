import type { Results, TestRecord } from '../../src/results/results.ts';
import { failing, type Sample } from './sample.ts';

/** Text that tries to break out of wherever it is put. */
const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;]]>\u0000\u001b[31m\u202e\ud800`;

/** Every string of a value that is not an enumerated word or a time replaced by {@link HOSTILE}. */
export function hostile(): Sample {
  const { results, records } = failing();
  const kept = new Set([
    'verdict',
    'level',
    'applicability',
    'origin',
    'about',
    'code',
    'ncs',
    'device',
    'outcome',
    'scope',
    'kind',
    'act',
    'event',
    'direction',
    'state',
    'vantage',
    'means',
    'evidence',
    'tier',
    'port',
    'answers',
    'path',
    'confidence',
    'vantages',
    'connection',
    'key',
    'sha256',
  ]);
  const poison = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return kept.has(key) ? value : `${value}${HOSTILE}`;
    if (Array.isArray(value)) return value.map((item) => poison(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, name)]));
  };
  const poisoned = poison(results, '') as Results;
  poisoned.tool.name = 'mos-conformance';
  return { results: poisoned, records: poison(records, '') as TestRecord[] };
}
