/** What is replaced on the way out: on by default, rule by rule, and attributes by names of one's own. */

import { Button, Checkbox, Switch, TagsInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Redaction, type RedactionRule, redactionRules } from '#shared/contract/exports.ts'
import { orpc } from '../../client/api.ts'
import { ruleName } from './export-text.ts'
import styles from './exports.module.css'

export interface RedactionChoiceProps {
  readonly isOn: boolean
  readonly redaction: Redaction
  readonly kept: Redaction
  readonly disabled: boolean
  readonly onSwitch: (isOn: boolean) => void
  readonly onChange: (redaction: Redaction) => void
}

export function RedactionChoice({ isOn, redaction, kept, disabled, onSwitch, onChange }: RedactionChoiceProps) {
  const queryClient = useQueryClient()
  const keep = useMutation(
    orpc.exports.setRedaction.mutationOptions({
      onSuccess: (saved) => queryClient.setQueryData(orpc.exports.redaction.queryKey(), saved),
    }),
  )
  const isChanged = JSON.stringify(redaction) !== JSON.stringify(kept)

  function toggle(rule: RedactionRule) {
    const rules = redactionRules.filter((each) => redaction.rules.includes(each) !== (each === rule))
    onChange({ ...redaction, rules })
  }

  return (
    <fieldset className={styles.group} disabled={disabled}>
      <legend>Redaction</legend>
      <Switch
        label="Replace what is secret"
        description="Equal values get equal pseudonyms, in this file alone"
        checked={isOn}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
      {isOn ? (
        <>
          <div className={styles.rules}>
            {redactionRules.map((rule) => (
              <Checkbox
                key={rule}
                label={ruleName(rule)}
                checked={redaction.rules.includes(rule)}
                onChange={() => toggle(rule)}
              />
            ))}
          </div>
          <TagsInput
            label="Also attributes named"
            description="In any case; * stands for any characters"
            placeholder={redaction.names.length === 0 ? 'user.*, order.id' : ''}
            value={[...redaction.names]}
            onChange={(names) => onChange({ ...redaction, names })}
            maxTags={100}
            acceptValueOnBlur
          />
          <TagsInput
            label="Also words like"
            description="In texts, each as a whole"
            placeholder={redaction.patterns.length === 0 ? 'cust_*' : ''}
            value={[...redaction.patterns]}
            onChange={(patterns) => onChange({ ...redaction, patterns })}
            maxTags={20}
            splitChars={[' ', ',']}
            acceptValueOnBlur
          />
          {isChanged || keep.isError ? (
            <div className={styles.keep}>
              <Button size="compact-xs" loading={keep.isPending} onClick={() => keep.mutate(redaction)}>
                Keep these rules
              </Button>
              {keep.error === null ? null : (
                <span role="alert" className={styles.failed}>
                  {keep.error.message}
                </span>
              )}
            </div>
          ) : null}
        </>
      ) : null}
    </fieldset>
  )
}
