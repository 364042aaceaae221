import { useEffect, useRef, useState, type DragEvent } from 'react';

/** A list whose items are put in another order, with the pointer or with keys; the focus goes along. */
export function useReorder(count: number, onMove: (index: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [focused, setFocused] = useState<{ readonly index: number } | null>(null);
  useEffect(() => {
    if (focused) list.current?.children[focused.index]?.querySelector('button')?.focus();
  }, [focused]);
  const move = (index: number, to: number) => {
    if (to < 0 || to >= count || to === index) return;
    onMove(index, to);
    setFocused({ index: to });
  };
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  const itemProps = (index: number) => ({
    draggable: count > 1,
    'data-dragged': dragged === index,
    'data-over': dragged !== null && over === index && dragged !== index,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', '');
      setDragged(index);
    },
    onDragOver: (event: DragEvent) => {
      // What does not come from this list is not for it.
      if (dragged === null) return;
      event.preventDefault();
      setOver(index);
    },
    onDrop: (event: DragEvent) => {
      if (dragged === null) return;
      event.preventDefault();
      move(dragged, index);
      end();
    },
    onDragEnd: end,
  });
  return { list, itemProps, move };
}
