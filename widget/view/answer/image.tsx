/** Image of an answer from an allowed host, with a fallback when it cannot be loaded. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

type PictureProps = { address: string; name: string; title: string; otherwise: ComponentChildren };

export function Picture({ address, name, title, otherwise }: PictureProps) {
  const broken = useSignal(false);
  if (broken.value) return <>{otherwise}</>;
  return (
    <img
      class="picture"
      alt={name}
      {...(title && { title })}
      // Before `src`, which starts loading.
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      src={address}
      onError={() => {
        broken.value = true;
      }}
    />
  );
}
