import { useCallback, useEffect, useLayoutEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import { boxSize, type GraphBox, type GraphLayout } from './graph-layout.ts';

/** Where the surface lies in its frame, and how large it is drawn. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** Of the frame, in pixels of the screen. */
  readonly width: number;
  readonly height: number;
}

const smallest = 0.02;
/** A graph that is opened shows as much as can still be read, and what it begins with. */
const smallestAtFirst = 0.46;
const largest = 2;
const margin = 16;
/** What is just out of sight is drawn, too. */
const reserve = 200;
const wheelStep = 0.0015;

const bounded = (scale: number) => Math.min(largest, Math.max(smallest, scale));

/** Whether any of a box is in the frame or near it. */
export function isInSight(
  { x, y, width, height }: GraphBox & { readonly width: number; readonly height: number },
  camera: Camera,
): boolean {
  const [left, top] = [x * camera.scale + camera.x, y * camera.scale + camera.y];
  return (
    left < camera.width + reserve &&
    top < camera.height + reserve &&
    left + width * camera.scale > -reserve &&
    top + height * camera.scale > -reserve
  );
}

/** All of it in the frame, if that is not smaller than it may be; else what it begins with, in the middle. */
function fitted(layout: GraphLayout, { width, height }: Pick<Camera, 'width' | 'height'>, atLeast: number): Camera {
  const room = { width: width - 2 * margin, height: height - 2 * margin };
  const whole = Math.min(1, room.width / layout.width, room.height / layout.height);
  const scale = bounded(Math.max(atLeast, whole));
  const spare = room.height - layout.height * scale;
  const y = spare >= 0 ? margin + spare / 2 : height / 2 - (layout.root.y + boxSize.height / 2) * scale;
  return { width, height, scale, x: margin, y };
}

/** The part of the surface with a point of the frame kept where it is. */
function zoomed(camera: Camera, factor: number, at: { readonly x: number; readonly y: number }): Camera {
  const scale = bounded(camera.scale * factor);
  const real = scale / camera.scale;
  return { ...camera, scale, x: at.x - (at.x - camera.x) * real, y: at.y - (at.y - camera.y) * real };
}

/** Zooming by wheel and keys, moving by wheel and pointer, and the whole at once. */
export function useCamera(layout: GraphLayout) {
  const frame = useRef<HTMLDivElement>(null);
  const [camera, setCamera] = useState<Camera>({ x: margin, y: margin, scale: 1, width: 0, height: 0 });
  const hasMoved = useRef(false);
  const fit = useCallback(() => {
    hasMoved.current = true;
    const { clientWidth: width = 0, clientHeight: height = 0 } = frame.current ?? {};
    setCamera(fitted(layout, { width, height }, smallest));
  }, [layout]);
  useLayoutEffect(() => {
    const { current } = frame;
    if (!current) return;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = current;
      setCamera((before) =>
        hasMoved.current ? { ...before, width, height } : fitted(layout, { width, height }, smallestAtFirst),
      );
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [layout]);
  const change = useCallback((to: (before: Camera) => Camera) => {
    hasMoved.current = true;
    setCamera(to);
  }, []);
  useWheel(frame, change);
  const zoomBy = (factor: number) =>
    change((before) => zoomed(before, factor, { x: before.width / 2, y: before.height / 2 }));
  const reveal = (box: GraphBox) => change((before) => revealed(before, box));
  return { frame, camera, zoomBy, fit, reveal, onPointerDown: useDrag(change) };
}

/** The least move that brings a box into the frame. */
function revealed(camera: Camera, box: GraphBox): Camera {
  const shift = (from: number, size: number, room: number) =>
    from < margin ? margin - from : Math.min(0, room - margin - (from + size));
  const { scale, width, height } = camera;
  const [left, top] = [box.x * scale + camera.x, box.y * scale + camera.y];
  return {
    ...camera,
    x: camera.x + shift(left, boxSize.width * scale, width),
    y: camera.y + shift(top, boxSize.height * scale, height),
  };
}

type Change = (to: (before: Camera) => Camera) => void;

/** React listens to wheels passively, so that it cannot keep the page from scrolling along. */
function useWheel(frame: RefObject<HTMLDivElement | null>, change: Change): void {
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { left, top } = current.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      if (event.ctrlKey || event.metaKey)
        change((before) => zoomed(before, Math.exp(-event.deltaY * wheelStep * 4), at));
      else change((before) => ({ ...before, x: before.x - event.deltaX, y: before.y - event.deltaY }));
    };
    current.addEventListener('wheel', onWheel, { passive: false });
    return () => current.removeEventListener('wheel', onWheel);
  }, [frame, change]);
}

/** Moves the surface while the pointer is held down beside the boxes. */
function useDrag(change: Change) {
  return (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0 || (event.target as Element).closest('[role=treeitem]')) return;
    const { currentTarget: target, pointerId } = event;
    target.setPointerCapture(pointerId);
    const onMove = ({ movementX, movementY }: globalThis.PointerEvent) =>
      change((before) => ({ ...before, x: before.x + movementX, y: before.y + movementY }));
    const onEnd = () => {
      target.removeEventListener('pointermove', onMove);
      target.removeEventListener('pointerup', onEnd);
      target.removeEventListener('pointercancel', onEnd);
    };
    target.addEventListener('pointermove', onMove);
    target.addEventListener('pointerup', onEnd);
    target.addEventListener('pointercancel', onEnd);
  };
}
