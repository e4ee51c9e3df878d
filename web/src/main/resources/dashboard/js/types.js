/**
 * The shapes of the server's JSON, as its contract (/openapi.yaml) gives them. Absent values are
 * left out; instants are ISO-8601 strings; accuracies are in [0, 1].
 *
 * @typedef {'QUEUED'|'RUNNING'|'PAUSING'|'PAUSED'|'INTERRUPTED'|'SUCCEEDED'|'FAILED'|'CANCELLED'} JobState
 *
 * @typedef {object} JobSpec
 * @property {'train'|'evaluate'|'heatmap'} kind
 * @property {string} [architecture]
 * @property {string} [dataset]
 * @property {number} [imageSize]
 * @property {number} [width]
 * @property {string} [recipe]
 * @property {number} [epochs]
 * @property {number} [batchSize]
 * @property {number} [learningRate]
 * @property {number} [seed]
 * @property {number} [heatmapStride]
 * @property {StartingWeights} [weights] absent: from scratch
 * @property {number} [run]
 * @property {number} [scrambleSeed]
 * @property {string} [image]
 * @property {string} [label]
 * @property {number} [stride]
 *
 * What a training started from, as it was when it was queued.
 * @typedef {{name: string, checksum: string, regime: string}} StartingWeights
 *
 * @typedef {object} Progress
 * @property {string} phase
 * @property {number} epoch from 1; 0 outside training
 * @property {number} epochs
 * @property {number} done
 * @property {number} total
 * @property {number} [imagesPerSecond] 0 while unknown
 * @property {number} [secondsLeft] negative while unknown
 *
 * @typedef {object} WorkerFacts
 * @property {string} [engine]
 * @property {string} [device]
 * @property {number} [threads]
 * @property {boolean} [fastPath]
 * @property {string} [codeVersion]
 * @property {number} [pid]
 *
 * @typedef {object} JobError
 * @property {string} family
 * @property {string} code
 * @property {string} message
 * @property {string} [field]
 *
 * @typedef {object} Job
 * @property {number} id
 * @property {JobSpec} spec
 * @property {string} title
 * @property {string} [sweep]
 * @property {JobState} state
 * @property {string} [reason] why it waits or ended so, in words
 * @property {string} [causeCode] the same as a stable name; absent where an error says so
 * @property {Record<string, unknown>} [causeArguments] what the cause names
 * @property {JobError} [error]
 * @property {boolean} [cancelRequested] while its worker has not stopped yet
 * @property {boolean} [checkpoint] where it was cancelled: whether it left one
 * @property {number} priority
 * @property {boolean} [held] while its sweep is held
 * @property {number} [waitsFor] the job whose result it needs
 * @property {number} [lastEpoch] it pauses after this epoch to be compared with others
 * @property {number} [interruptions] since it last got on
 * @property {string} [resumesAt] when an interrupted job is queued again
 * @property {string} createdAt
 * @property {string} [startedAt]
 * @property {string} [endedAt]
 * @property {Progress} [progress]
 * @property {WorkerFacts} [worker]
 *
 * @typedef {Partial<Record<JobState, number>>} Counts jobs by state
 * @typedef {{jobs: Job[], total: number, counts: Counts}} JobPage
 * @typedef {{at: string, from?: string, to: JobState, cause: string, causeCode: string, causeArguments: Record<string, unknown>}} Transition
 *
 * @typedef {object} Epoch
 * @property {number} epoch
 * @property {number} learningRate
 * @property {number} trainLoss
 * @property {number} trainAccuracy
 * @property {number} validationLoss
 * @property {number} validationAccuracy
 * @property {boolean} best
 * @property {number} seconds
 *
 * @typedef {object} Result
 * @property {number} accuracy
 * @property {number} [low]
 * @property {number} [high]
 * @property {number} correct
 * @property {number} images
 * @property {number} [loss]
 *
 * @typedef {Record<string, string>} Facts
 *
 * @typedef {object} Artifact
 * @property {number} id
 * @property {number} job
 * @property {string} kind
 * @property {string} name
 * @property {string} mediaType
 * @property {string} sha256
 * @property {number} size
 * @property {Facts} facts
 * @property {string} url
 *
 * @typedef {object} Run
 * @property {number} id
 * @property {JobSpec} spec
 * @property {string} title
 * @property {JobState} state
 * @property {string} [regime] of a training
 * @property {string} [weights] the starting weights' name
 * @property {Record<string, string|number|boolean>} [provenance]
 * @property {Epoch[]} history
 * @property {PublishedHistory} [publishedHistory] where the report gives it and the classes are its own
 * @property {{validation?: Result, test?: Result, scrambled?: Result}} results
 * @property {Artifact[]} artifacts
 *
 * The report's own training, an entry for each epoch.
 * @typedef {object} PublishedHistory
 * @property {number[]} trainLoss
 * @property {number[]} validationLoss
 * @property {number[]} trainAccuracy
 * @property {number[]} validationAccuracy
 * @property {number[]} testLoss
 * @property {number[]} testAccuracy
 *
 * @typedef {object} ClassRecall
 * @property {string} class
 * @property {number} images
 * @property {number} correct
 * @property {number} [recall] absent without images
 * @property {number} [published]
 *
 * @typedef {{published?: string, sets: Partial<Record<SetName, ClassRecall[]>>}} RunClasses
 *
 * A test image by its path in the data set, its class and what the network took it for.
 * @typedef {{path: string, class: string, predicted: string}} TestImage
 * @typedef {{classes: string[], images: TestImage[]}} SeenImages
 *
 * @typedef {object} Measured
 * @property {number} mean
 * @property {number} [sd]
 * @property {number} low
 * @property {number} high
 * @property {number} n seeds
 * @property {number} images
 * @property {'wilson'|'student-t'} interval
 *
 * @typedef {'validation'|'test'|'scrambled'} SetName
 *
 * @typedef {object} ComparisonRow
 * @property {string} architecture
 * @property {string} label
 * @property {number} [receptiveField]
 * @property {string} [regime]
 * @property {string} [weights]
 * @property {string} [dataset]
 * @property {number} [imageSize]
 * @property {number} [width]
 * @property {string} [recipe]
 * @property {number} [epochs]
 * @property {number[]} runs
 * @property {Measured} [validation]
 * @property {Measured} [test]
 * @property {Measured} [scrambled]
 * @property {{validation?: number, test?: number, scrambled?: number}} published
 * @property {number} [ceiling]
 *
 * @typedef {{dataset: string, datasets: string[], rows: ComparisonRow[]}} Comparison
 *
 * @typedef {object} Layer
 * @property {string} name
 * @property {number} kernel
 * @property {number} stride
 * @property {number} dilation
 * @property {number} padding
 * @property {number} input
 * @property {number} output
 * @property {number} receptiveField
 *
 * @typedef {object} FieldArchitecture
 * @property {string} name
 * @property {string} label
 * @property {number} [receptiveField]
 * @property {number} parameters
 * @property {number} multiplyAdds
 * @property {Layer[]} layers
 *
 * @typedef {object} FieldAccuracy
 * @property {string} architecture
 * @property {string} label
 * @property {number} [receptiveField]
 * @property {string} dataset
 * @property {number} imageSize
 * @property {number} width
 * @property {string} regime
 * @property {string} [weights]
 * @property {Measured} test
 * @property {number} [ceiling]
 *
 * @typedef {{architecture: string, label: string, receptiveField?: number, test: number}} PublishedField
 *
 * @typedef {object} SameImage
 * @property {string} dataset
 * @property {string} image
 * @property {string} class
 * @property {string} imageUrl
 * @property {{architecture: string, label: string, run: number, receptiveField?: number, regime?: string, weights?: string, url: string, facts: Facts}[]} heatmaps
 *
 * @typedef {object} ReceptiveFields
 * @property {FieldArchitecture[]} architectures
 * @property {FieldAccuracy[]} accuracies
 * @property {PublishedField[]} published
 * @property {SameImage[]} sameImage
 *
 * @typedef {object} ScramblingRow
 * @property {string} architecture
 * @property {string} label
 * @property {string} dataset
 * @property {number} imageSize
 * @property {number} width
 * @property {string} regime
 * @property {string} [weights]
 * @property {number[]} runs
 * @property {Measured} test
 * @property {Measured} scrambled
 * @property {number} [ceiling]
 *
 * @typedef {object} ScramblingExample
 * @property {number} run
 * @property {string} architecture
 * @property {string} label
 * @property {string} dataset
 * @property {string} image
 * @property {string} class
 * @property {string} imageUrl
 * @property {string} scrambledImageUrl
 * @property {string} [regime]
 * @property {string} [weights]
 * @property {string} [heatmapUrl]
 * @property {string} [scrambledHeatmapUrl]
 * @property {Facts} facts
 *
 * @typedef {object} Scrambling
 * @property {ScramblingRow[]} rows
 * @property {{architecture: string, label: string, test: number, scrambled?: number}[]} published
 * @property {ScramblingExample[]} examples
 *
 * @typedef {{name: string, builtIn: boolean, classes: string[], images?: number, train?: number, test?: number, description?: string}} Dataset
 * @typedef {{name: string, label: string, receptiveField?: number, parameters: number}} ArchitectureChoice
 *
 * What is in its folder but cannot be used.
 * @typedef {{name: string, problem: string}} Damaged
 *
 * Imported weights, from which a training can start.
 * @typedef {object} WeightsFacts
 * @property {string} name
 * @property {string} checksum SHA-256 of the imported file
 * @property {string} architecture
 * @property {number} width
 * @property {number} classes
 * @property {number} parameters
 * @property {string} source
 * @property {string} regime
 * @property {string} format
 * @property {number} size in bytes
 * @property {string[]} notes
 * @property {string} importedAt
 *
 * @typedef {object} Device
 * @property {string} name
 * @property {number} slots 0: a GPU that runs no jobs
 * @property {number} busy
 * @property {number} [threads]
 * @property {number} [job]
 * @property {string} [refusal]
 * @property {string} [fallback] why jobs run on it and not on a GPU
 * @property {boolean} [inFallback] where the fallback says the refusal, too
 * @property {string} [uuid] of a GPU
 * @property {number} [memoryTotal] in bytes
 * @property {number} [memoryUsed] in bytes
 * @property {number} [utilisation] in percent
 * @property {number} [temperature] in °C
 * @property {DevicePoint[]} [history] by the minute, the oldest first
 *
 * @typedef {{at: string, utilisation?: number, temperature?: number, memoryUsed?: number}} DevicePoint
 *
 * @typedef {object} Storage
 * @property {number} total bytes of the file system
 * @property {number} free
 * @property {number} used bytes of the data directory
 * @property {number} [quota]
 * @property {number} reserve free bytes below which no job is started
 * @property {'ROOM'|'WARNING'|'FULL'} level
 * @property {string} [warning] what to know and do
 * @property {Record<string, number>} parts bytes by the data directory's part
 * @property {Record<string, number>} byKind bytes of stored files by their kind
 * @property {{job: number, title: string, bytes: number}[]} byJob the most first
 *
 * @typedef {object} Retention
 * @property {{trainingStatesSeconds: number, checkpointsOf: 'all'|'bestOfConfiguration', keepForSeconds: number, quarantineSeconds: number}} rules
 * @property {number} bytes that would be removed now
 * @property {{job: number, title: string, kind: string, name: string, size: number, reason: string}[]} files
 * @property {{job: number, kind: string, name: string, size: number, at: string}[]} removed the newest first
 * @property {{name: string, movedAt: string, deletedAfter: string}[]} quarantine the oldest first
 *
 * What a sweep is made of, as it was asked for.
 * @typedef {object} SweepDefinition
 * @property {string} [name]
 * @property {Record<string, string|number>} [base] settings of every job
 * @property {Record<string, (string|number)[]>} [grid] lists of values, all combined
 * @property {any} [random] how many trials, and from where they draw each setting
 * @property {{factor?: number|string, firstEpochs?: number|string}} [halving]
 * @property {{kind: string, stride?: number|string, scrambleSeed?: number|string|(number|string)[]}[]} [then] jobs about each training
 * @property {number|string} [priority]
 * @property {number|string} [stopAfterFailures]
 * @property {boolean} [again]
 *
 * A trial at a rung: its best accuracy on the validation images until then.
 * @typedef {{job: number, accuracy: number, promoted: boolean}} Trial
 * @typedef {{epoch: number, trials: Trial[]}} Rung
 *
 * @typedef {object} Sweep
 * @property {string} id its name
 * @property {string} createdAt
 * @property {Counts} counts
 * @property {string} [hold] why its queued jobs do not run, in words
 * @property {string} [holdCode] the same as a stable name
 * @property {Record<string, unknown>} [holdArguments] what it names
 * @property {string} [endedAt] absent while a job of it is open
 * @property {SweepDefinition} [definition] absent where jobs were given its name one by one
 * @property {{factor: number, firstEpochs: number, rungs: Rung[]}} [halving] its rungs, the lowest first
 *
 * @typedef {Sweep & {jobs: Job[]}} SweepWithJobs
 * @typedef {{name: string, description: string, definition: SweepDefinition}} Preset
 * @typedef {{id: string, jobs: number[], reused: number[], existing: boolean, withoutResult: number[]}} SubmittedSweep
 *
 * @typedef {{type: string, data: any}} LiveEvent
 */
export {};
