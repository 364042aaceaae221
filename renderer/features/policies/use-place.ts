import { useState } from 'react';
import { useDraft } from './draft-store.ts';
import { placeAt, type FormMember, type Here } from './here.ts';
import type { StatementView } from './statement-view.ts';

/** The statement shown in the form: the one chosen last, else the one of the address, else the first. */
function useSelected(statements: readonly StatementView[], name: string | undefined) {
  const [chosen, setChosen] = useState<{ readonly index: number; readonly forName: string | undefined } | null>(null);
  const asked = statements.find((statement) => statement.name === name);
  const index = chosen && chosen.forName === name ? chosen.index : (asked?.index ?? chosen?.index ?? 0);
  const selected = statements[Math.min(index, statements.length - 1)];
  return [selected, (next: number) => setChosen({ index: next, forName: name })] as const;
}

/** Where the user is: which statement, which part of it, and what brings the other panes there. */
export function usePlace(statements: readonly StatementView[], statementName: string | undefined) {
  const [selected, choose] = useSelected(statements, statementName);
  const [here, setHere] = useState<Here | null>(null);
  const enter = (member: FormMember | null, from: Here['from']) =>
    setHere((last) => {
      // Going on in the same part of the form is no reason to scroll.
      const isSame = from === 'form' && last?.member === member && last.from === from;
      return isSame ? last : { member, from, turn: (last?.turn ?? 0) + 1 };
    });
  const select = (index: number, member: FormMember | null = null) => {
    choose(index);
    enter(member, 'list');
  };
  const selectAt = (offset: number) => {
    const place = placeAt(useDraft.getState().draft?.text ?? '', offset);
    if (!place) return;
    choose(place.index);
    enter(place.member, 'json');
  };
  return { selected, here, enter, select, selectAt } as const;
}
