/** One request through the shop, plain or with a database timeout in it: its trace opens while it grows. */

import { Button } from '@mantine/core'
import { IconBolt, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { LabRun } from '#shared/contract/loadlab-status.ts'
import { useSendOne } from '../../client/use-send-one.ts'
import { dismissLabProblem, showLabProblem } from './use-lab-command.ts'

const injectedFault = 'database-timeout'

export function OneRequestButtons({ run }: { readonly run: LabRun | null }) {
  const sendOne = useSendOne()
  const send = useMutation({
    mutationFn: (fault: string | undefined) => sendOne(fault),
    onSuccess: dismissLabProblem,
    onError: showLabProblem,
  })
  const isOwn = run !== null && run.target !== null
  const canInject = run === null || run.places.some(({ fault }) => fault === injectedFault)
  return (
    <>
      <Button
        leftSection={<IconPlayerPlay size={13} aria-hidden="true" />}
        title={
          isOwn ? 'Needs a shop; your own service runs' : 'Sends a single checkout and opens its trace while it grows'
        }
        disabled={isOwn}
        loading={send.isPending && send.variables === undefined}
        onClick={() => send.mutate(undefined)}
      >
        One request
      </Button>
      <Button
        leftSection={<IconBolt size={13} aria-hidden="true" />}
        title={
          isOwn
            ? 'Needs a shop; your own service runs'
            : canInject
              ? 'The same with a database timeout in this one request'
              : 'Needs a database, and this scenario has none'
        }
        disabled={isOwn || !canInject}
        loading={send.isPending && send.variables !== undefined}
        onClick={() => send.mutate(injectedFault)}
      >
        Inject error
      </Button>
    </>
  )
}
