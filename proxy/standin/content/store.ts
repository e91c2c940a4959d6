/** In-memory store of the stand-in: projects with their pages, conversations with their messages. */
import type { Search } from "./search.ts";
import { createSearch } from "./search.ts";
import { limits } from "../limits.ts";
import { defaultSettings, type Settings } from "../settings.ts";

type StoredPage = {
  id: number;
  url: string | null;
  title: string;
  description: string | null;
  image: string | null;
};

export type Project = {
  readonly id: number;
  name: string;
  readonly sitemap: string | null;
  readonly type: "SITEMAP" | "URL";
  readonly slug: string;
  readonly createdAt: number;
  updatedAt: number;
  /** Whether it can answer. */
  active: boolean;
  settings: Settings;
  readonly pages: Map<number, StoredPage>;
  readonly search: Search;
  /** Counted for its stats. */
  readonly counts: { found: number; crawled: number; words: number; questions: number };
};

export type Reaction = "liked" | "disliked" | "neutral";

export type Message = {
  readonly id: number;
  readonly prompt: string;
  readonly answer: string;
  readonly citations: readonly number[];
  readonly createdAt: number;
  /** Time, in ms, at which the answer is complete and can be read: upstream stores finished answers only. */
  completeAt: number;
  feedback: { reaction: Reaction; createdAt: number; updatedAt: number } | null;
  readonly userAgent: string;
  readonly externalId: string | null;
};

export type Conversation = {
  readonly id: number;
  readonly session: string;
  name: string | null;
  readonly project: number;
  readonly createdAt: number;
  updatedAt: number;
  /** Oldest first. */
  readonly messages: Message[];
};

export type Store = ReturnType<typeof createStore>;

export function createStore(clock: () => number, newId: () => string) {
  const projects = createProjects(clock, newId);
  const conversations = createConversations(clock);
  return {
    ...projects,
    ...conversations,
    removeProject(id: number): void {
      projects.projects.delete(id);
      for (const { session, project } of conversations.conversations.values())
        if (project === id) conversations.removeConversation(session);
    },
  };
}

function createProjects(clock: () => number, newId: () => string) {
  const projects = new Map<number, Project>();
  // Near the ids recorded in 2023, so that nothing works only because ids are small or equal.
  const next = { project: 1243, page: 12_055 };

  return {
    projects,
    addProject(name: string, sitemap: string | null, type: Project["type"]): Project {
      const now = clock();
      const project: Project = {
        id: next.project++,
        name,
        sitemap,
        type,
        slug: newId().replaceAll("-", ""),
        createdAt: now,
        updatedAt: now,
        active: false,
        settings: defaultSettings,
        pages: new Map(),
        search: createSearch(),
        counts: { found: 0, crawled: 0, words: 0, questions: 0 },
      };
      projects.set(project.id, project);
      return project;
    },
    addPage(project: Project, page: Omit<StoredPage, "id">): StoredPage {
      const stored = { id: next.page++, ...page };
      project.pages.set(stored.id, stored);
      return stored;
    },
  };
}

/** Conversations within `limits`; the oldest are dropped first. */
function createConversations(clock: () => number) {
  const conversations = new Map<string, Conversation>();
  const next = { conversation: 219, message: 431 };
  let messageCount = 0;

  const drop = (session: string) => {
    messageCount -= conversations.get(session)?.messages.length ?? 0;
    return conversations.delete(session);
  };
  const dropOldest = () => {
    const oldest = conversations.keys().next();
    if (!oldest.done) drop(oldest.value);
  };

  return {
    conversations,
    addConversation(project: number, session: string, name: string | null): Conversation {
      const now = clock();
      if (conversations.size >= limits.conversations) dropOldest();
      const id = next.conversation++;
      const conversation = { id, session, name, project, createdAt: now, updatedAt: now, messages: [] };
      conversations.set(session, conversation);
      return conversation;
    },
    /** Undefined too when the session belongs to another project. */
    conversation(project: number, session: string): Conversation | undefined {
      const conversation = conversations.get(session);
      return conversation?.project === project ? conversation : undefined;
    },
    removeConversation: drop,
    /** The next message's id, known before the message is stored. */
    newMessageId: () => next.message++,
    addMessage(conversation: Conversation, message: Message): void {
      if (conversations.get(conversation.session) !== conversation) return;
      conversation.messages.push(message);
      conversation.updatedAt = clock();
      messageCount++;
      if (conversation.messages.length > limits.messages) {
        conversation.messages.shift();
        messageCount--;
      }
      while (messageCount > limits.allMessages && conversations.size > 1) dropOldest();
    },
    /** The messages whose answers are complete, oldest first. */
    complete(conversation: Conversation): Message[] {
      return conversation.messages.filter((message) => message.completeAt <= clock());
    },
  };
}
