/** What a form was refused for, above its buttons. */
import { TriangleAlert } from 'lucide-react';
import styles from './form.module.css';

export function FormError({ error }: { error: string | null }) {
  if (error === null) return null;
  return (
    <div role="alert" className={styles.error}>
      <TriangleAlert size={16} aria-hidden />
      <span>{error}</span>
    </div>
  );
}
