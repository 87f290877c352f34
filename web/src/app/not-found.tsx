import { Link } from "@tanstack/react-router";

import { EmptyState } from "../ui/empty-state";
import { useWords } from "./words";

export function NotFound() {
  const t = useWords();
  return (
    <EmptyState title={t("notFound")} action={<Link to="/">{t("home")}</Link>}>
      {t("notFoundDetail")}
    </EmptyState>
  );
}
