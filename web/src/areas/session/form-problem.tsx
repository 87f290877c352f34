import { useDescription } from "../../ui/error-state";
import styles from "./door.module.css";

/** Why the form was refused, read out when it appears. */
export function FormProblem({ error }: { error: unknown }) {
  const { title, detail, remedy } = useDescription(error);
  return (
    <div role="alert" className={styles.problem}>
      <b>{title}</b>
      {detail} {remedy}
    </div>
  );
}
