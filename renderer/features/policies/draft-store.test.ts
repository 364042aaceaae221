import { beforeEach, describe, expect, it } from 'vitest';
import { useDraft } from './draft-store.ts';

const saved = (text: string, revision: string, path = '~/p') => ({ text, revision, path });
const state = () => useDraft.getState();
const draft = () => state().draft;

beforeEach(() => {
  useDraft.setState({ draft: null, others: {} });
  state().takeIn(saved('one', 'r1'));
});

describe('the policy draft', () => {
  it('goes back and forth', () => {
    state().edit('two');
    state().edit('three');
    state().undo();
    expect(draft()?.text).toBe('two');
    state().redo();
    expect(draft()?.text).toBe('three');
    state().undo();
    state().edit('four');
    state().redo();
    expect(draft()?.text).toBe('four');
    state().undo();
    state().undo();
    state().undo();
    expect(draft()?.text).toBe('one');
  });

  it('takes typing as one step', () => {
    state().edit('two', 'typing');
    state().edit('two.', 'typing');
    state().edit('two..', 'name');
    state().undo();
    expect(draft()?.text).toBe('two.');
    state().undo();
    expect(draft()?.text).toBe('one');
  });

  it('follows the file while there are no changes of its own', () => {
    state().takeIn(saved('two', 'r2'));
    expect(draft()).toMatchObject({ text: 'two', theirs: null, base: { revision: 'r2' } });
  });

  it('tells of another version and loses neither', () => {
    state().edit('mine');
    state().takeIn(saved('theirs', 'r2'));
    expect(draft()).toMatchObject({ text: 'mine', theirs: { text: 'theirs' }, base: { revision: 'r1' } });
    state().loadTheirs();
    expect(draft()).toMatchObject({ text: 'theirs', theirs: null, base: { revision: 'r2' } });
    state().undo();
    expect(draft()?.text).toBe('mine');
  });

  it('goes on over the newer file', () => {
    state().edit('mine');
    state().takeIn(saved('theirs', 'r2'));
    state().keepMine();
    expect(draft()).toMatchObject({ text: 'mine', theirs: null, base: { text: 'theirs', revision: 'r2' } });
  });

  it('needs no decision when the file was put back or says the same', () => {
    state().edit('mine');
    state().takeIn(saved('theirs', 'r2'));
    state().takeIn(saved('one', 'r1'));
    expect(draft()).toMatchObject({ text: 'mine', theirs: null });
    state().takeIn(saved('mine', 'r3'));
    expect(draft()).toMatchObject({ text: 'mine', theirs: null, base: { revision: 'r3' } });
  });

  it('is kept for each configuration directory', () => {
    state().edit('mine');
    state().takeIn(saved('elsewhere', 's1', '~/q'));
    expect(draft()?.text).toBe('elsewhere');
    state().takeIn(saved('one', 'r1'));
    expect(draft()?.text).toBe('mine');
  });

  it('discards with a way back, and rests after saving', () => {
    state().edit('mine');
    state().discard();
    expect(draft()?.text).toBe('one');
    state().undo();
    state().wasSaved(saved('mine', 'r2'));
    expect(draft()).toMatchObject({ text: 'mine', base: { text: 'mine', revision: 'r2' } });
  });
});
