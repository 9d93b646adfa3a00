import { aboutJob, collectingWords, grace, type ArrayJob } from './array-job.js';

/** Of an indexed Job whose indexes have their own limit of failures. */
export const kubernetesTasks = 100_000;

/**
 * An indexed Job for `kubectl apply`. The folder of the sweep and that of the data are volumes that are mounted where they are on
 * this machine; with a storage, runs are trained on the disk of the pod, and the keys come from a Secret.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export function printKubernetes(job: ArrayJob): string {
  const { name, folder, list, storage, tasks, atOnce = tasks, threads, gpu, dataFolder } = job;
  const text = (value: string) => JSON.stringify(value);
  const words = ['array-task', list, ...(dataFolder === undefined ? [] : ['--data', dataFolder])];
  const dataMount =
    dataFolder === undefined
      ? ''
      : `
            - name: data
              mountPath: ${text(dataFolder)}
              readOnly: true`;
  const dataVolume =
    dataFolder === undefined
      ? ''
      : `
        - name: data
          persistentVolumeClaim:
            claimName: dist-gan-data # the claim that holds the data
            readOnly: true`;
  const keys =
    storage === undefined
      ? ''
      : `
          envFrom:
            - secretRef:
                name: dist-gan-storage # the secret with AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
  const sweepMount =
    storage === undefined
      ? `
            - name: sweep
              mountPath: ${text(folder)}`
      : `
            - name: scratch
              mountPath: /tmp`;
  const sweepVolume =
    storage === undefined
      ? `
        - name: sweep
          persistentVolumeClaim:
            claimName: dist-gan-sweep # the claim that holds the folder of the sweep`
      : `
        - name: scratch
          emptyDir: {}`;
  return `# ${aboutJob(job)}.
# Correct the lines with a remark, and kubectl apply it (Kubernetes 1.29 or later). A task that is moved to another machine goes on from its newest
# checkpoint. This collects the results, when all are over or meanwhile:
#   ${collectingWords(job)}
apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
spec:
  completionMode: Indexed
  completions: ${tasks}
  parallelism: ${Math.min(atOnce, tasks)}
  backoffLimitPerIndex: 2
  podFailurePolicy:
    rules:
      # A machine that goes is no fault of the run.
      - action: Ignore
        onPodConditions:
          - type: DisruptionTarget
      # Bad input does not get better when it is tried again.
      - action: FailIndex
        onExitCodes:
          containerName: run
          operator: In
          values: [2]
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: ${grace}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        fsGroup: 1000
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: run
          image: dist-gan # the image that docker build has made, where the cluster finds it
          args: [${words.map(text).join(', ')}]
          resources:
            requests:
              cpu: ${threads}
              memory: 1Gi # what a run takes${
                gpu
                  ? `
            limits:
              nvidia.com/gpu: 1`
                  : ''
              }${keys}
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
          volumeMounts:${sweepMount}${dataMount}
      volumes:${sweepVolume}${dataVolume}
`;
}
