/** The tag by which the snapshot policy finds the volume of this name, and no other. */
export function snapshotTag(volumeName: string) {
  return { key: 'snapshots', value: volumeName } as const;
}
