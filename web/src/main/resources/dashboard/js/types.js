// Generated from openapi.yaml; CONTRIBUTING.md says how to change it.

/**
 * @file The shapes of the server's JSON, as its contract (/openapi.yaml) gives them. Absent values are
 * left out; instants are ISO 8601 strings; accuracies are in [0, 1].
 */

/**
 * @typedef {'QUEUED'|'RUNNING'|'PAUSING'|'PAUSED'|'INTERRUPTED'|'SUCCEEDED'|'FAILED'|'CANCELLED'} JobState
 */

/**
 * Number of jobs by state
 * @typedef {Partial<Record<JobState, number>>} Counts
 */

/**
 * @typedef {object} JobPage
 * @property {Job[]} jobs
 * @property {number} total
 * @property {Counts} counts
 */

/**
 * @typedef {object} Transition
 * @property {string} at
 * @property {JobState} [from]
 * @property {JobState} to
 * @property {string} cause
 */

/**
 * Side in pixels; absent, the whole image
 * @typedef {number} ReceptiveField
 */

/**
 * The accuracy that no network of this receptive field can pass; on controlled-15 only
 * @typedef {number} Ceiling
 */

/**
 * Of a picture: image, class, predicted, label (the class whose logits are drawn), stride, minimum, maximum, limit (of the colours, the 99th percentile of the map's own magnitudes). Of a split: datasetChecksum, splitChecksum.
 * @typedef {Record<string, string>} Facts
 */

/**
 * @typedef {object} Train
 * @property {'train'} kind
 * @property {string} architecture
 * @property {string} dataset
 * @property {string} [weights] Imported weights to start from; absent, random ones
 * @property {number} [imageSize] Absent, the recipe's: 64, report 224
 * @property {number} [width] Absent, the weights', else the recipe's: 0.25, report 1
 * @property {'quick'|'report'|'sgd'} [recipe] Absent, report with weights, else quick
 * @property {number} [epochs] Absent, the recipe's
 * @property {number} [batchSize] Absent, the recipe's
 * @property {number} [learningRate] Absent, the recipe's
 * @property {number} [seed]
 * @property {1|2|4|8} [heatmapStride] Absent, 1 up to 96 pixels, else 8
 * @property {NameOfSweep} [sweep]
 * @property {Priority} [priority]
 */

/**
 * @typedef {object} Evaluate
 * @property {'evaluate'} kind
 * @property {number} run A train job that succeeded
 * @property {number} [scrambleSeed]
 * @property {NameOfSweep} [sweep]
 * @property {Priority} [priority]
 */

/**
 * @typedef {object} Heatmap
 * @property {'heatmap'} kind
 * @property {number} run A train job of a BagNet that succeeded
 * @property {string} [image] Absent, the first test image
 * @property {string} [label] Absent, the predicted class
 * @property {1|2|4|8} [stride] Below 8, heatmaps of stride 8 come first and are replaced
 * @property {NameOfSweep} [sweep]
 * @property {Priority} [priority]
 */

/**
 * @typedef {string} NameOfSweep
 */

/**
 * Of two queued jobs the higher one runs first
 * @typedef {number} Priority
 */

/**
 * @typedef {object} Sweep
 * @property {string} id Its name
 * @property {string} createdAt
 * @property {Counts} counts
 * @property {string} [hold] Why its queued jobs do not run
 * @property {string} [endedAt] Absent while a job of it is open
 * @property {SweepDefinition} [definition] As it was asked for; absent where jobs were given its name one by one
 * @property {{factor: number, firstEpochs: number, rungs: Rung[]}} [halving]
 */

/**
 * @typedef {object} Rung
 * @property {number} epoch
 * @property {Trial[]} trials The best first
 */

/**
 * A trial at a rung
 * @typedef {object} Trial
 * @property {number} job
 * @property {number} accuracy The best on the validation images until then
 * @property {boolean} promoted
 */

/**
 * @typedef {Sweep & {jobs: Job[]}} SweepWithJobs
 */

/**
 * @typedef {Sweep & {shared: number[]}} StoppedSweep
 */

/**
 * @typedef {Sweep & {resumed: number[]}} ResumedSweep
 */

/**
 * @typedef {object} SubmittedSweep
 * @property {string} id
 * @property {number[]} jobs
 * @property {number[]} reused Those of other sweeps or of none
 * @property {boolean} existing Whether the sweep was there before
 * @property {number[]} withoutResult Those that are FAILED or CANCELLED, not as trials that others were better than
 */

/**
 * @typedef {object} Preset
 * @property {string} name
 * @property {string} description
 * @property {SweepDefinition} definition
 */

/**
 * @typedef {SweepDefinition|PresetSweep} SweepRequest
 */

/**
 * A preset, and settings that hold for all of its jobs
 * @typedef {{preset: 'demo'|'table-1'|'receptive-field-ladder'|'scrambling-grid', name?: NameOfSweep, [name: string]: 'demo'|'table-1'|'receptive-field-ladder'|'scrambling-grid'|NameOfSweep|Setting|undefined}} PresetSweep
 */

/**
 * A value of a job's field
 * @typedef {string|number} Setting
 */

/**
 * @typedef {Setting[]} Settings
 */

/**
 * @typedef {object} SettingRange
 * @property {number} from
 * @property {number} to
 * @property {'linear'|'log'} [scale]
 */

/**
 * What it takes is explained in docs/sweeps.md
 * @typedef {object} SweepDefinition
 * @property {NameOfSweep} name
 * @property {Record<string, Setting>} [base] Settings of every job
 * @property {Record<string, Settings>} [grid] Lists of values by setting; every combination is a job
 * @property {{trials: number, seed?: number, [name: string]: number|Settings|SettingRange|undefined}} [random] Lists or ranges by setting, from which each trial draws
 * @property {{factor?: number, firstEpochs?: number}} [halving]
 * @property {Follower[]} [then] Jobs about each training
 * @property {Priority} [priority]
 * @property {number} [stopAfterFailures] In a row; 0 stops it never
 * @property {boolean} [again] Run what is there already once more
 */

/**
 * Jobs about each training; where values are lists, one for every combination
 * @typedef {{kind: 'evaluate'|'heatmap', [name: string]: 'evaluate'|'heatmap'|Setting|Settings|undefined}} Follower
 */

/**
 * @typedef {object} Dataset
 * @property {string} name
 * @property {boolean} builtIn
 * @property {string} description
 * @property {string[]} classes
 * @property {number} images
 * @property {number} train
 * @property {number} test
 * @property {string} checksum
 * @property {string} [importedAt]
 */

/**
 * @typedef {object} ArchitectureChoice
 * @property {string} name
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {number} parameters With 15 classes at width 1
 */

/**
 * @typedef {Train|Evaluate|Heatmap} JobRequest
 */

/**
 * @typedef {object} Weights
 * @property {string} name
 * @property {string} checksum SHA-256 of the imported file
 * @property {string} architecture
 * @property {number} width
 * @property {number} classes
 * @property {number} parameters
 * @property {string} source Where they come from, as the user named it
 * @property {Regime} regime
 * @property {'torch-zip'|'torch-legacy'|'safetensors'|'bagnetlab'} format Of the imported file
 * @property {number} size Of the imported file in bytes
 * @property {string[]} notes What a person should know about how they were read
 * @property {string} importedAt
 */

/**
 * What is in its folder but cannot be used; it can be removed
 * @typedef {object} Damaged
 * @property {string} name
 * @property {string} problem What is wrong and what to do
 */

/**
 * Imported weights as they were when the job was queued
 * @typedef {object} StartingWeights
 * @property {string} name
 * @property {string} checksum SHA-256 of the imported file
 * @property {string} regime
 */

/**
 * @typedef {object} TrainSpec
 * @property {'train'} kind
 * @property {string} architecture
 * @property {string} dataset
 * @property {number} imageSize
 * @property {number} width
 * @property {string} recipe
 * @property {number} epochs
 * @property {number} batchSize
 * @property {number} learningRate
 * @property {number} seed
 * @property {number} heatmapStride
 * @property {StartingWeights} [weights] Absent, random ones
 */

/**
 * @typedef {object} EvaluateSpec
 * @property {'evaluate'} kind
 * @property {number} run
 * @property {number} scrambleSeed
 */

/**
 * @typedef {object} HeatmapSpec
 * @property {'heatmap'} kind
 * @property {number} run
 * @property {string} [image]
 * @property {string} [label]
 * @property {number} stride
 */

/**
 * A request with all defaults filled in
 * @typedef {TrainSpec|EvaluateSpec|HeatmapSpec} JobSpec
 */

/**
 * @typedef {object} Job
 * @property {number} id
 * @property {JobSpec} spec
 * @property {string} title
 * @property {string} [sweep]
 * @property {JobState} state
 * @property {string} [reason] Why it ended so
 * @property {JobError} [error]
 * @property {boolean} [cancelRequested] Present while its worker has yet to stop
 * @property {boolean} [checkpoint] Of a cancelled job: whether it left one
 * @property {number} priority Of two queued jobs the higher one runs first
 * @property {boolean} [held] Present while its sweep is held
 * @property {number} [waitsFor] The job whose result it needs
 * @property {number} [lastEpoch] It pauses after this epoch to be compared with other trials of its sweep
 * @property {number} [interruptions] How often it was interrupted since it last got on
 * @property {string} [resumesAt] When an interrupted job is queued again
 * @property {string} createdAt
 * @property {string} [startedAt]
 * @property {string} [endedAt]
 * @property {Progress} [progress]
 * @property {WorkerFacts} [worker]
 */

/**
 * @typedef {object} JobError
 * @property {'USER_ERROR'|'INTERNAL_ERROR'|'INSUFFICIENT_RESOURCES'|'EXTERNAL'} family
 * @property {string} code
 * @property {string} message
 * @property {string} [field]
 */

/**
 * @typedef {object} WorkerFacts
 * @property {string} engine
 * @property {string} device
 * @property {number} threads
 * @property {boolean} fastPath
 * @property {string} codeVersion
 * @property {number} pid
 */

/**
 * @typedef {Progress & {job: number}} JobProgress
 */

/**
 * @typedef {JobEpoch|JobAccuracy} JobMetric
 */

/**
 * @typedef {Epoch & {job: number}} JobEpoch
 */

/**
 * @typedef {object} JobAccuracy
 * @property {number} job
 * @property {SetName} set
 * @property {number} accuracy
 * @property {number} correct
 * @property {number} images
 * @property {number|null} loss
 */

/**
 * The number of a job, or the name of a sweep, that is gone
 * @typedef {object} Deleted
 * @property {number} [job]
 * @property {string} [sweep]
 */

/**
 * @typedef {object} Progress
 * @property {'preparing'|'training'|'validating'|'testing'|'scrambling'|'explaining'} phase
 * @property {number} epoch From 1; 0 outside training
 * @property {number} epochs
 * @property {number} done
 * @property {number} total Batches; while explaining, parts of all heatmaps, the coarse ones included
 * @property {number} imagesPerSecond 0 while unknown
 * @property {number} secondsLeft Negative while unknown
 */

/**
 * @typedef {object} Device
 * @property {string} name
 * @property {number} slots 0: a GPU that runs no jobs
 * @property {number} busy
 * @property {number} threads
 * @property {number} [job]
 * @property {string} [refusal] Why it starts no job
 * @property {string} [fallback] Why jobs run on the CPU though GPUs were looked for
 * @property {string} [uuid] NVIDIA's name of a GPU; absent for a CPU
 * @property {number} [memoryTotal] Bytes of a GPU
 * @property {number} [memoryUsed] Bytes that programs have on it, whosever they are
 * @property {number} [utilisation] Percent of the last moments in which it computed
 * @property {number} [temperature] In °C
 * @property {DevicePoint[]} [history] A GPU by the minute, the oldest first
 */

/**
 * A reading of a GPU. What it did not tell is absent
 * @typedef {object} DevicePoint
 * @property {string} at
 * @property {number} [utilisation]
 * @property {number} [temperature]
 * @property {number} [memoryUsed]
 */

/**
 * @typedef {object} Storage
 * @property {number} total Bytes of the file system
 * @property {number} free Bytes of it
 * @property {number} used Bytes of the data directory
 * @property {number} [quota] Bytes that it may have
 * @property {number} reserve Free bytes below which no job is started
 * @property {'ROOM'|'WARNING'|'FULL'} level
 * @property {string} [warning] What people should know and do
 * @property {Record<string, number>} parts Bytes of the data directory's parts
 * @property {Record<string, number>} byKind Bytes of the stored files by their kind, the most first
 * @property {{job: number, title: string, bytes: number}[]} byJob The jobs with the most bytes, their logs included
 */

/**
 * @typedef {object} Retention
 * @property {{trainingStatesSeconds: number, checkpointsOf: 'all'|'bestOfConfiguration', keepForSeconds: number, quarantineSeconds: number}} rules
 * @property {number} bytes
 * @property {RetentionFile[]} files
 * @property {{job: number, kind: string, name: string, size: number, at: string}[]} removed The newest first
 * @property {{name: string, movedAt: string, deletedAfter: string}[]} quarantine Directories of files that the database does not know, the oldest first
 */

/**
 * @typedef {object} RetentionFile
 * @property {number} job
 * @property {string} title
 * @property {string} kind
 * @property {string} name
 * @property {number} size
 * @property {string} reason Why it goes
 */

/**
 * @typedef {object} Epoch
 * @property {number} epoch
 * @property {number} learningRate
 * @property {number|null} trainLoss
 * @property {number} trainAccuracy
 * @property {number|null} validationLoss
 * @property {number} validationAccuracy
 * @property {boolean} best
 * @property {number} seconds
 */

/**
 * An accuracy with Wilson's 95 % interval over the images
 * @typedef {object} Result
 * @property {number} accuracy
 * @property {number} low
 * @property {number} high
 * @property {number} correct
 * @property {number} images
 * @property {number|null} loss
 */

/**
 * @typedef {object} Artifact
 * @property {number} id
 * @property {number} job
 * @property {'checkpoint'|'training-state'|'split'|'predictions'|'image'|'scrambled-image'|'heatmap'|'scrambled-heatmap'} kind
 * @property {string} name
 * @property {string} mediaType
 * @property {string} sha256
 * @property {number} size
 * @property {Facts} facts
 * @property {string} url
 */

/**
 * @typedef {'validation'|'test'|'scrambled'} SetName
 */

/**
 * How a network began, 'from scratch' or as its starting weights came about
 * @typedef {string} Regime
 */

/**
 * Name of the imported weights that it started from; absent, random ones
 * @typedef {string} StartedFrom
 */

/**
 * @typedef {object} ClassRecalls
 * @property {string} [published] Where the published recalls are from
 * @property {Partial<Record<SetName, ClassRecall[]>>} sets
 */

/**
 * @typedef {object} ClassRecall
 * @property {string} class
 * @property {number} images
 * @property {number} correct
 * @property {number} [recall] Absent without images
 * @property {number} [published]
 */

/**
 * The report's epochs of this network, where its classes are exactly the data set's
 * @typedef {object} PublishedHistory
 * @property {number[]} trainLoss
 * @property {number[]} validationLoss
 * @property {number[]} testLoss
 * @property {number[]} trainAccuracy
 * @property {number[]} validationAccuracy
 * @property {number[]} testAccuracy
 */

/**
 * @typedef {object} Run
 * @property {number} id
 * @property {JobSpec} spec
 * @property {string} title
 * @property {JobState} state
 * @property {Regime} [regime] Of a training
 * @property {StartedFrom} [weights]
 * @property {{engine: string, device: string, threads: number, fastPath: boolean, codeVersion: string, datasetChecksum?: string, splitChecksum?: string}} [provenance]
 * @property {Epoch[]} history
 * @property {PublishedHistory} [publishedHistory]
 * @property {Partial<Record<SetName, Result>>} results
 * @property {Artifact[]} artifacts
 */

/**
 * An accuracy over seeds with its 95 % interval: Student's over several seeds, Wilson's over the images of one.
 * @typedef {object} Measured
 * @property {number} mean
 * @property {number} [sd]
 * @property {number} low
 * @property {number} high
 * @property {number} n Seeds
 * @property {number} images
 * @property {'wilson'|'student-t'} interval
 */

/**
 * @typedef {object} Comparison
 * @property {string} dataset
 * @property {string[]} datasets Those with runs
 * @property {ComparisonRow[]} rows
 */

/**
 * @typedef {object} ComparisonRow
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {Regime} [regime]
 * @property {StartedFrom} [weights]
 * @property {string} [dataset]
 * @property {number} [imageSize]
 * @property {number} [width]
 * @property {string} [recipe]
 * @property {number} [epochs]
 * @property {number} [batchSize]
 * @property {number} [learningRate]
 * @property {number[]} runs
 * @property {Measured} [validation]
 * @property {Measured} [test]
 * @property {Measured} [scrambled]
 * @property {Partial<Record<SetName, number>>} published
 * @property {Ceiling} [ceiling]
 */

/**
 * @typedef {object} ReceptiveFields
 * @property {FieldArchitecture[]} architectures
 * @property {FieldAccuracy[]} accuracies
 * @property {PublishedField[]} published
 * @property {SameImage[]} sameImage
 */

/**
 * How a network's receptive field grows, layer by layer
 * @typedef {object} FieldArchitecture
 * @property {string} name
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {number} parameters
 * @property {number} multiplyAdds
 * @property {Layer[]} layers
 */

/**
 * A layer that enlarges the receptive field; sizes are sides in pixels
 * @typedef {object} Layer
 * @property {string} name
 * @property {number} kernel
 * @property {number} stride
 * @property {number} dilation
 * @property {number} padding
 * @property {number} input
 * @property {number} output
 * @property {number} receptiveField
 */

/**
 * @typedef {object} FieldAccuracy
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {string} dataset
 * @property {number} imageSize
 * @property {number} width
 * @property {Regime} regime
 * @property {StartedFrom} [weights]
 * @property {Measured} test
 * @property {Ceiling} [ceiling]
 */

/**
 * @typedef {object} PublishedField
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {number} test
 */

/**
 * A test image with the heatmaps of several networks
 * @typedef {object} SameImage
 * @property {string} dataset
 * @property {number} imageSize
 * @property {string} image
 * @property {string} class
 * @property {string} [imageUrl]
 * @property {NetworkHeatmap[]} heatmaps
 */

/**
 * @typedef {object} NetworkHeatmap
 * @property {string} architecture
 * @property {string} label
 * @property {number} run
 * @property {Regime} regime
 * @property {StartedFrom} [weights]
 * @property {ReceptiveField} [receptiveField]
 * @property {string} [url]
 * @property {Facts} facts
 */

/**
 * @typedef {object} Scrambling
 * @property {ScramblingRow[]} rows
 * @property {PublishedScrambling[]} published
 * @property {ScramblingExample[]} examples
 */

/**
 * @typedef {object} ScramblingRow
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {string} dataset
 * @property {number} imageSize
 * @property {number} width
 * @property {Regime} regime
 * @property {StartedFrom} [weights]
 * @property {number[]} runs
 * @property {Measured} test
 * @property {Measured} scrambled
 * @property {Ceiling} [ceiling]
 */

/**
 * @typedef {object} PublishedScrambling
 * @property {string} architecture
 * @property {string} label
 * @property {number} test
 * @property {number} [scrambled]
 */

/**
 * An image that a run explained, clean and scrambled
 * @typedef {object} ScramblingExample
 * @property {number} run
 * @property {string} architecture
 * @property {string} label
 * @property {string} dataset
 * @property {number} imageSize
 * @property {Regime} regime
 * @property {StartedFrom} [weights]
 * @property {string} image
 * @property {string} class
 * @property {string} [imageUrl]
 * @property {string} [scrambledImageUrl]
 * @property {string} [heatmapUrl]
 * @property {string} [scrambledHeatmapUrl]
 * @property {Facts} facts Those of the clean pictures, and scrambledPredicted, scrambledLabel, scrambledMinimum, scrambledMaximum, scrambledLimit
 */

/**
 * The data of each event of /events.
 * @typedef {object} EventData
 * @property {Job} job
 * @property {JobProgress} progress
 * @property {JobMetric} metric
 * @property {Artifact} artifact
 * @property {Device} device
 * @property {Sweep} sweep
 * @property {Deleted} deleted
 * @property {{}} reset
 */

export {};
