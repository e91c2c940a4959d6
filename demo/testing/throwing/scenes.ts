/** All scenes in which one of the widget's functions throws, by what the visitor does. */
import { answerScenes } from "./answer-scenes.ts";
import { conversationScenes } from "./conversation-scenes.ts";
import { questionScenes } from "./question-scenes.ts";
import type { Scene } from "./scene.ts";

export const scenes: Record<string, Scene> = { ...questionScenes, ...conversationScenes, ...answerScenes };
