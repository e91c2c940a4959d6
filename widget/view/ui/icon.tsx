/** A pictogram: strokes on a 24 px grid, in the colour of the text around it. */

export function Icon({ drawing }: { drawing: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawing} />
    </svg>
  );
}
