import { buildJourneys } from '@tributary/functions/attribution/ihc/build-journeys';
import { describeCleaning } from '@tributary/functions/attribution/ihc/cleaning';
import { selectJourneys } from '@tributary/functions/attribution/ihc/journeys';
import { columnsOf, journeysOf } from '../support';

describe('buildJourneys', () => {
  it('groups scattered rows by journey and sorts them by time', () => {
    const journeys = journeysOf([
      { conversionId: 'b', hours: 5 },
      { conversionId: 'a', hours: 3 },
      { conversionId: 'b', hours: 1 },
      { conversionId: 'a', hours: 4 },
    ]);
    expect([...journeys.offsets]).toEqual([0, 2, 4]);
    expect([...journeys.row]).toEqual([2, 0, 1, 3]);
  });

  it('keeps the input order of sessions at the same time', () => {
    const journeys = journeysOf([
      { hours: 2 },
      { hours: 1 },
      { hours: 2 },
      { hours: 1 },
      { hours: 2 },
    ]);
    expect([...journeys.row]).toEqual([1, 3, 0, 2, 4]);
  });

  it('leaves out and reports sessions after the converting one, but not those at its time', () => {
    const { journeys, cleaning } = buildJourneys(
      columnsOf([{ hours: 1 }, { hours: 3, conversion: 1 }, { hours: 3 }, { hours: 4 }]),
    );
    expect([...journeys.row]).toEqual([0, 1, 2]);
    expect(cleaning.afterConversion).toEqual([3]);
    expect(describeCleaning(cleaning)).toBe('Sessions left out: 1 after the conversion.');
  });

  it('takes the last of several sessions marked as converting, and the last session where none is', () => {
    const marked = journeysOf([
      { hours: 1, conversion: 1 },
      { hours: 2, conversion: 1 },
      { hours: 3 },
    ]);
    const unmarked = journeysOf([{ hours: 1, conversion: 0 }, { hours: 2 }]);
    expect([...marked.row]).toEqual([0, 1]);
    expect([...unmarked.row]).toEqual([0, 1]);
  });

  it('cleans for training: look-back, duplicates, missing times and channels', () => {
    const { journeys, cleaning } = buildJourneys(
      columnsOf([
        { sessionId: 'old', hours: 0 },
        { sessionId: 'edge', hours: 76 },
        { sessionId: 'edge', hours: 77 },
        { hours: null },
        { hours: 90, channel: '' },
        { sessionId: 'last', hours: 100 },
      ]),
      { lookbackDays: 1 },
    );
    expect([...journeys.row]).toEqual([1, 5]);
    expect(cleaning).toEqual({
      missingTime: [3],
      missingChannel: [4],
      duplicate: [2],
      afterConversion: [],
      beforeLookback: [0],
    });
  });

  it('takes a conversion mark where it stands, also on the repeated row of a session', () => {
    const { journeys, cleaning } = buildJourneys(
      columnsOf([
        { sessionId: 's1', hours: 10 },
        { sessionId: 's2', hours: 12 },
        { sessionId: 's2', hours: 13, conversion: 1 },
        { sessionId: 's3', hours: 15 },
      ]),
    );
    expect([...journeys.row]).toEqual([0, 1]);
    expect([cleaning.duplicate, cleaning.afterConversion]).toEqual([[2], [3]]);
  });

  it('drops a journey of which nothing remains', () => {
    const journeys = journeysOf([
      { conversionId: 'a', hours: null },
      { conversionId: 'b', hours: 1 },
    ]);
    expect(journeys.journeyCount).toBe(1);
    expect([...journeys.offsets]).toEqual([0, 1]);
  });

  it('gives nothing for nothing', () => {
    expect(journeysOf([]).journeyCount).toBe(0);
    expect(describeCleaning(buildJourneys(columnsOf([])).cleaning)).toBe('');
  });
});

describe('selectJourneys', () => {
  it('repeats and reorders whole journeys', () => {
    const journeys = journeysOf([
      { conversionId: 'a', hours: 1 },
      { conversionId: 'a', hours: 2 },
      { conversionId: 'b', hours: 3 },
    ]);
    const selected = selectJourneys(journeys, Uint32Array.of(1, 0, 0));
    expect([...selected.offsets]).toEqual([0, 1, 3, 5]);
    expect([...selected.row]).toEqual([2, 0, 1, 0, 1]);
  });
});
