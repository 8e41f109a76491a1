/** Commands to the load lab from its screen: their answer is the new status, their failure stands above the screen. */

import { type UseMutationResult, useMutation } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { LabStatus } from '#shared/contract/loadlab-status.ts'
import { takeLabStatus } from '../../client/loadlab.ts'
import { createStore } from '../../client/store.ts'

const problem = createStore<unknown>(undefined)

/** What the last command failed with; undefined when it did not, or was dismissed. */
export function useLabProblem(): unknown {
  return useSyncExternalStore(problem.subscribe, problem.get)
}

export function dismissLabProblem(): void {
  problem.set(undefined)
}

export function showLabProblem(error: unknown): void {
  problem.set(error)
}

export type LabCommand<Input> = UseMutationResult<LabStatus, unknown, Input>

/** `isTold` false: whoever asks shows the failure itself. */
export function useLabCommand<Input = void>(
  call: (input: Input) => Promise<LabStatus>,
  { isTold = true }: { readonly isTold?: boolean } = {},
): LabCommand<Input> {
  return useMutation({
    mutationFn: call,
    onSuccess: (status) => {
      takeLabStatus(status)
      dismissLabProblem()
    },
    onError: (error) => {
      if (isTold) showLabProblem(error)
    },
  })
}
