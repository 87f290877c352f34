import { type components } from "../api/schema";
import { type Language } from "../i18n/i18next";
import { type Text } from "../i18n/text";

export type Problem = components["schemas"]["Problem"];

/** What a reader needs to know of an error, in one language. */
export interface Described {
  title: string;
  detail: string;
  remedy: string | null;
}

interface Told {
  status: number;
  code: string;
  title: Text;
  detail: Text;
  remedy?: Text | null;
  fields?: { path: string; message: Text }[];
}

/** An error the API told us about (problem+json), or that kept us from reaching it. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;

  constructor(private readonly told: Told) {
    super(`${told.code}: ${told.detail.en}`);
    this.status = told.status;
    this.code = told.code;
  }

  describe(language: Language): Described {
    const { title, detail, remedy } = this.told;
    return { title: title[language], detail: detail[language], remedy: remedy ? remedy[language] : null };
  }

  /** The complaint about one field, by its JSON pointer such as `/email`. */
  field(path: string, language: Language): string | undefined {
    return this.told.fields?.find((field) => field.path === path)?.message[language];
  }

  /** Every complaint about a field, in the order they were told. */
  fields(language: Language): { path: string; message: string }[] {
    return (this.told.fields ?? []).map(({ path, message }) => ({ path, message: message[language] }));
  }
}

/** Read a body as problem+json; anything else becomes a plain error that still names its status. */
export function toApiError(status: number, body: unknown): ApiError {
  if (!isProblem(body)) return unreadable(status);
  const { code, title, title_zh, detail, detail_zh, remedy, fields } = body;
  return new ApiError({
    status,
    code,
    title: { en: title, zh: title_zh },
    detail: { en: detail, zh: detail_zh },
    remedy: remedy ?? null,
    fields,
  });
}

export function unreachable(): ApiError {
  return new ApiError({
    status: 0,
    code: "unreachable",
    title: { en: "The server cannot be reached", zh: "无法连接服务器" },
    detail: { en: "Tenure did not answer.", zh: "留客没有响应。" },
    remedy: {
      en: "Check that it is running (tenure serve) and that you are connected, then try again.",
      zh: "请确认服务正在运行（tenure serve）且网络畅通，然后重试。",
    },
  });
}

function unreadable(status: number): ApiError {
  return new ApiError({
    status,
    code: "unreadable",
    title: { en: "Something went wrong", zh: "出错了" },
    detail: {
      en: `The server answered with status ${status} and no explanation.`,
      zh: `服务器返回状态 ${status}，未说明原因。`,
    },
    remedy: { en: "Try again; if it stays, look at the server's log.", zh: "请重试；若仍然出现，请查看服务器日志。" },
  });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "title_zh" in body && "detail_zh" in body;
}
