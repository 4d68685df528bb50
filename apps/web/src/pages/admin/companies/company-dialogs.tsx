/** Making a company, and changing what it is called. */
import { createCompany, editCompany, listCompanies } from '@logonscope/protocol';
import { useState } from 'react';
import { useForm } from '../../../app/form.ts';
import { FormError } from '../../../app/form-error.tsx';
import { useDeed } from '../../../data/ask.ts';
import { Button, Dialog, Field, Row, Stack, toast } from '../../../ui/index.ts';
import { type MadeKey, ShownKey } from '../sites/new-key.tsx';
import { TEXT } from './text.ts';

interface DialogProps {
  readonly title: string;
  readonly action: string;
  readonly initially: { readonly name: string; readonly description: string };
  readonly onSave: (name: string, description: string | null) => Promise<void>;
  readonly onClose: () => void;
}

function Named({ title, action, initially, onSave, onClose }: DialogProps) {
  const [name, setName] = useState(initially.name);
  const [description, setDescription] = useState(initially.description);
  const form = useForm(() => onSave(name, description.trim() || null), ['name', 'description']);
  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={form.submit}>
        <Stack>
          <Field
            {...{ label: TEXT.name, value: name, onChange: setName, error: form.fields.name }}
            maxLength={100}
            autoFocus
            required
          />
          <Field
            {...{ label: TEXT.description, value: description, onChange: setDescription }}
            error={form.fields.description}
            maxLength={200}
          />
          <FormError error={form.error} />
          <Row end>
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={form.busy}>
              {action}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}

export function NewCompany({ onClose }: { onClose: () => void }) {
  const create = useDeed(createCompany, [listCompanies]);
  const [made, setMade] = useState<MadeKey | null>(null);
  const save = async (name: string, description: string | null) => {
    const { apiKey } = await create.mutateAsync({ body: { name, description } });
    setMade(apiKey);
  };
  if (made !== null) return <ShownKey made={made} onClose={onClose} />;
  return (
    <Named
      title={TEXT.create}
      action="Make company"
      initially={{ name: '', description: '' }}
      onSave={save}
      onClose={onClose}
    />
  );
}

interface CompanyDialogProps {
  readonly company: { readonly id: number; readonly name: string; readonly description: string | null };
  readonly onClose: () => void;
}

export function CompanyDialog({ company, onClose }: CompanyDialogProps) {
  const edit = useDeed(editCompany, [listCompanies]);
  const save = async (name: string, description: string | null) => {
    await edit.mutateAsync({ params: { companyId: company.id }, body: { name, description } });
    toast('Saved.');
    onClose();
  };
  const initially = { name: company.name, description: company.description ?? '' };
  return <Named title={company.name} action="Save" initially={initially} onSave={save} onClose={onClose} />;
}
