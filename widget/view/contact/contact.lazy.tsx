/** Ways to reach the agent's owner: mail, phone, a page, or a message through the proxy. */
import { useSignal } from "@preact/signals";
import { useChat, type Chat } from "../chat-context.ts";
import { ContactForm } from "./contact-form.tsx";
import { contactMethod } from "./contact-method.ts";
import { conversationMarkdown } from "../export/conversation-markdown.ts";
import { mailtoLink } from "./mailto.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { titleOf } from "../agent-title.ts";
import { currentDate } from "../export/export-menu.ts";
import { useActionMessages } from "../actions/use-action-messages.ts";

export function Contact() {
  const chat = useChat();
  const texts = useActionMessages();
  const way = contactMethod(chat);
  if (!way) return null;
  switch (way.kind) {
    case "form":
      return <ContactForm />;
    case "mail":
      return <ByMail address={way.address} />;
    case "phone":
      return (
        <a class="primary" href={way.href}>
          <bdi dir="ltr">{way.number}</bdi>
        </a>
      );
    case "link":
      return (
        <div class="form">
          {hasBegun(chat) && <CopyFirst />}
          <a class="primary" href={way.href} target="_blank" rel="noopener noreferrer">
            <bdi>{way.site}</bdi> <span class="unseen">{texts.opensInNewTab}</span>
          </a>
        </div>
      );
  }
}

const hasBegun = ({ conversation }: Chat) => conversation.finished.value.length > 0;

function ByMail({ address }: { address: string }) {
  const chat = useChat();
  const texts = useActionMessages();
  const attach = useSignal(false);
  const { href, isCut } = mailtoLink({
    address,
    subject: texts.conversationWith(titleOf(chat)),
    text: attach.value ? conversationMarkdown(chat, "") : "",
  });
  return (
    <div class="form">
      {hasBegun(chat) && <Checkbox label={texts.attachConversation} value={attach} />}
      {isCut && <CopyFirst />}
      <a class="primary" href={href}>
        <bdi dir="ltr">{address}</bdi>
      </a>
    </div>
  );
}

/** A `mailto:` address has no room for a long conversation: the visitor can copy and paste it. */
function CopyFirst() {
  const chat = useChat();
  const texts = useActionMessages();
  const copied = useSignal(false);

  async function copy(near: Element) {
    try {
      await chat.copy(conversationMarkdown(chat, currentDate(near)));
      copied.value = true;
    } catch {
      // Refused by the browser; nothing says that it was copied.
    }
  }

  return (
    <div class="beside">
      <button type="button" class="secondary" onClick={(event) => copy(event.currentTarget)}>
        {texts.copyConversation}
      </button>
      <output>{copied.value && texts.copied}</output>
    </div>
  );
}
