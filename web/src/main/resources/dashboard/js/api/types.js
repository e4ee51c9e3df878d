// Generated from openapi.yaml; CONTRIBUTING.md says how to change it.

/**
 * @file The shapes of the server's JSON, as its contract (/openapi.yaml) gives them. Absent values are
 * left out; instants are ISO 8601 strings; accuracies are in [0, 1].
 */

/**
 * A visitor
 * @typedef {object} Session
 * @property {boolean} login Whether this server requires a token
 * @property {string} name Of the token; local if none is demanded
 * @property {'viewer'|'operator'} role Viewers change nothing
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
 * @property {string} cause The cause as text
 * @property {CauseCode} causeCode
 * @property {CauseArguments} causeArguments
 */

/**
 * Side in pixels; absent if it is the whole image
 * @typedef {number} ReceptiveField
 */

/**
 * Accuracy of a linear bag of patches that minimises cross-entropy, for this receptive field; on controlled-15 only. A linear readout trained for accuracy, or a non-linear one, can reach more
 * @typedef {number} Ceiling
 */

/**
 * What other readouts of the same patches reach; on controlled-15 at 64 pixels, for the patches of BagNet-9, -17 and -33
 * @typedef {object} PatchReadouts
 * @property {number} linear Of a linear readout trained for accuracy, at least
 * @property {number} best Of the best function of the patches in an image
 */

/**
 * For an image: image, class, predicted, label (the class whose logits are shown), stride, minimum, maximum, limit (of the colours: the 99th percentile of the map's own magnitudes or, with scale common, the largest magnitude of all maps that are compared), scale, mode, saliency (which kind of map). For the raw values of a heatmap: picture, the name of its image. For a split: datasetChecksum, splitChecksum. For predictions: datasetChecksum.
 * @typedef {Record<string, string>} Facts
 */

/**
 * @typedef {string} NameOfSweep
 */

/**
 * Jobs with a higher priority run first
 * @typedef {number} Priority
 */

/**
 * Whether the job runs beside the queue; then it has no sweep and no priority
 * @typedef {boolean} Interactive
 */

/**
 * @typedef {object} Sweep
 * @property {string} id Its name
 * @property {string} createdAt
 * @property {Counts} counts
 * @property {string} [hold] Why its queued jobs are held, as text
 * @property {CauseCode} [holdCode]
 * @property {CauseArguments} [holdArguments]
 * @property {string} [endedAt] Absent while a job is unfinished
 * @property {SweepDefinition} [definition] The submitted definition; absent if jobs were submitted individually under its name
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
 * @property {number} accuracy Best validation accuracy so far
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
 * @property {number[]} reused Reused jobs of other sweeps or of none
 * @property {boolean} existing Whether the sweep already existed
 * @property {number[]} withoutResult FAILED or CANCELLED jobs, except trials that successive halving stopped
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
 * A preset, and settings for all of its jobs
 * @typedef {{preset: 'demo'|'table-1'|'receptive-field-ladder'|'scrambling-grid'|'controlled-variants'|'learning-curve'|'sparsity'|'analyses'|'science'|'reproduction', name?: NameOfSweep, [name: string]: 'demo'|'table-1'|'receptive-field-ladder'|'scrambling-grid'|'controlled-variants'|'learning-curve'|'sparsity'|'analyses'|'science'|'reproduction'|NameOfSweep|Setting|undefined}} PresetSweep
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
 * See docs/sweeps.md for all settings
 * @typedef {object} SweepDefinition
 * @property {NameOfSweep} name
 * @property {Record<string, Setting>} [base] Settings of every job
 * @property {Record<string, Settings>} [grid] Lists of values by setting; every combination is a job
 * @property {{trials: number, seed?: number, [name: string]: number|Settings|SettingRange|undefined}} [random] Lists or ranges by setting, sampled for each trial
 * @property {{factor?: number, firstEpochs?: number}} [halving]
 * @property {Follower[]} [then] Jobs about each training
 * @property {Priority} [priority]
 * @property {number} [stopAfterFailures] Consecutive failures; 0 to never stop
 * @property {boolean} [again] Rerun configurations that already exist
 */

/**
 * Jobs for each training; lists of values give one job per combination
 * @typedef {{kind: string, [name: string]: string|Setting|Settings|undefined}} Follower
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
 * @property {string} [trainingProblem] Why no training can use it, as a sentence; absent if one can, or if it has test images only
 */

/**
 * @typedef {object} DatasetDetails
 * @property {Dataset} dataset
 * @property {{name: string, train: number, test: number}[]} classes
 * @property {{minWidth: number, maxWidth: number, minHeight: number, maxHeight: number, different: number, common: {width: number, height: number, images: number}[], gray: number}} [sizes] Sizes of the image files in pixels; absent if images are generated at any size
 * @property {{train: number, validation: number, test: number}} [split] Number of images that a training with default settings uses; absent if a class has too few
 * @property {{jobs: number, trainings: number, unfinishedJobs: number, unfinished: DatasetUse[], newest: DatasetUse[]}} uses
 */

/**
 * @typedef {object} DatasetUse
 * @property {number} id
 * @property {string} kind
 * @property {string} title
 * @property {JobState} state
 */

/**
 * @typedef {object} DatasetImage
 * @property {string} path
 * @property {string} class
 * @property {'train'|'test'} part The folder that it came in
 * @property {number} [width] Of the file in pixels; absent if it is generated at any size
 * @property {number} [height]
 */

/**
 * @typedef {object} DatasetImport
 * @property {string} name
 * @property {string} source Name of the file
 * @property {number} bytes
 * @property {string} receivedAt
 * @property {'WAITING'|'RUNNING'|'SUCCEEDED'|'FAILED'} state
 * @property {number} [done] Images read so far
 * @property {number} [total] Images of the file
 * @property {number} [secondsLeft] Until all images are read; absent at first
 * @property {string} [endedAt]
 * @property {Dataset} [dataset]
 * @property {string[]} [warnings] What to know before something is trained on it, each a line; absent unless it succeeded
 * @property {{code: string, detail: string, details: string[]}} [error] Why nothing was imported
 */

/**
 * @typedef {object} ArchitectureChoice
 * @property {string} name
 * @property {string} label
 * @property {Family} family
 * @property {ReceptiveField} [receptiveField]
 * @property {number} parameters With 15 classes at width 1
 */

/**
 * The heading under which networks that are compared with each other are listed
 * @typedef {string} Family
 */

/**
 * One of the experiments; the schemas are generated from their descriptions
 * @typedef {TrainRequest|EvaluateRequest|HeatmapRequest|SaliencyRequest|ScrambleRequest|EvidenceRequest|EffectiveFieldRequest|SpatialSensitivityRequest|InteractionsRequest|FaithfulnessRequest|CueConflictRequest|WeightRandomisationRequest|PredictivePatchesRequest|LocalisationRequest|PatchRobustnessRequest} JobRequest
 */

/**
 * @typedef {object} Weights
 * @property {string} name
 * @property {string} checksum SHA-256 of the imported file
 * @property {string} architecture
 * @property {number} width
 * @property {number} classes
 * @property {number} parameters
 * @property {string} source Source as given by the user
 * @property {Regime} regime
 * @property {'torch-zip'|'torch-legacy'|'safetensors'|'bagnetlab'} format Format of the imported file
 * @property {number} size Size of the imported file in bytes
 * @property {string[]} notes Notes on how the file was read
 * @property {string} importedAt
 */

/**
 * An unusable folder; it can be removed
 * @typedef {object} Damaged
 * @property {string} name
 * @property {string} problem The problem and what to do
 */

/**
 * Imported weights as they were when the job was queued
 * @typedef {object} StartingWeights
 * @property {string} name
 * @property {string} checksum SHA-256 of the imported file
 * @property {string} regime
 */

/**
 * Imported weights as the network of a job, as they were when it was queued
 * @typedef {object} ImportedNetwork
 * @property {string} name
 * @property {string} checksum SHA-256 of the imported file
 * @property {string} regime
 * @property {string} architecture
 * @property {number} width
 */

/**
 * A request with all defaults filled in; the schemas are generated from the experiments' descriptions
 * @typedef {TrainSpec|EvaluateSpec|HeatmapSpec|SaliencySpec|ScrambleSpec|EvidenceSpec|EffectiveFieldSpec|SpatialSensitivitySpec|InteractionsSpec|FaithfulnessSpec|CueConflictSpec|WeightRandomisationSpec|PredictivePatchesSpec|LocalisationSpec|PatchRobustnessSpec} JobSpec
 */

/**
 * @typedef {object} Job
 * @property {number} id
 * @property {JobSpec} spec
 * @property {string} title
 * @property {string} [sweep]
 * @property {JobState} state
 * @property {string} [reason] Why it is waiting or how it ended, as text
 * @property {CauseCode} [causeCode]
 * @property {CauseArguments} [causeArguments]
 * @property {JobError} [error]
 * @property {boolean} [cancelRequested] Present until its worker has stopped
 * @property {boolean} [checkpoint] For a cancelled job: whether it saved one
 * @property {number} priority Jobs with a higher priority run first
 * @property {boolean} [held] Present while its sweep is held
 * @property {number} [waitsFor] The job whose result it needs
 * @property {number} [lastEpoch] Epoch after which it pauses for comparison with other trials of its sweep
 * @property {boolean} [interactive] Present if it runs beside the queue
 * @property {number} [interruptions] Interruptions since it last made progress
 * @property {string} [resumesAt] When an interrupted job is requeued
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
 * @typedef {JobEpoch|JobResult} JobMetric
 */

/**
 * @typedef {Epoch & {job: number}} JobEpoch
 */

/**
 * @typedef {object} JobResult
 * @property {number} job
 * @property {string} output
 * @property {string} metric
 * @property {SetName} set
 * @property {Axes} axes
 * @property {number|null} value
 * @property {number} [images]
 */

/**
 * The number of a deleted job, or the name of a deleted sweep
 * @typedef {object} Deleted
 * @property {number} [job]
 * @property {string} [sweep]
 */

/**
 * Why something happened; rely on this code and not on the text
 * @typedef {'submitted'|'started'|'cancel-requested'|'cancelled-with-sweep'|'cancelled-with-job'|'pause-requested'|'resumed'|'resumed-with-sweep'|'resumed-with-job'|'retried'|'advanced'|'rung-reached'|'promoted'|'outdone'|'completed'|'stopped-with-checkpoint'|'stopped-without-checkpoint'|'error'|'device-refused'|'worker-exited'|'worker-killed'|'worker-silent'|'worker-stalled'|'worker-not-stopping'|'report-not-stored'|'stopped-before-placed'|'slurm-waiting'|'slurm-placed'|'slurm-node-lost'|'slurm-time-limit'|'slurm-preempted'|'slurm-cancelled'|'slurm-no-place'|'slurm-unreachable'|'server-stopped'|'server-stopped-before-start'|'server-stopped-before-stored'|'server-died'|'server-died-before-start'|'machine-restarted'|'orphan-ended'|'orphan-left'|'paused'|'paused-after-run'|'cancelled-before-start'|'cancelled-after-interruption'|'file-lost'|'continued'|'continued-after-training'|'begun-anew'|'files-removed'|'held-by-hand'|'stopped-after-failures'} CauseCode
 */

/**
 * Values in the text: strings and numbers by name; for a nested cause, its code and arguments
 * @typedef {{}} CauseArguments
 */

/**
 * @typedef {object} Progress
 * @property {'preparing'|'training'|'validating'|'testing'|'scrambling'|'explaining'} phase
 * @property {number} epoch From 1; 0 outside training
 * @property {number} epochs
 * @property {number} done
 * @property {number} total Batches; while explaining, parts of all heatmaps including the coarse ones
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
 * @property {string} [refusal] Why it starts no jobs
 * @property {string} [fallback] Why jobs run on the CPU although GPUs were requested
 * @property {boolean} [inFallback] Present if the fallback already includes the refusal
 * @property {string} [uuid] UUID of a GPU; absent for a CPU
 * @property {number} [memoryTotal] GPU memory in bytes
 * @property {number} [memoryUsed] Bytes in use by all programs
 * @property {number} [utilisation] Recent utilisation in percent
 * @property {number} [temperature] In °C
 * @property {DevicePoint[]} [history] A GPU by the minute, the oldest first
 */

/**
 * A reading of a GPU. Values that it did not report are absent
 * @typedef {object} DevicePoint
 * @property {string} at
 * @property {number} [utilisation]
 * @property {number} [temperature]
 * @property {number} [memoryUsed]
 */

/**
 * @typedef {object} Storage
 * @property {number} total Bytes of the file system
 * @property {number} free Free bytes of the file system
 * @property {number} used Bytes of the data directory
 * @property {number} [quota] Maximum size of the data directory in bytes
 * @property {number} reserve Free bytes below which no job is started
 * @property {'ROOM'|'WARNING'|'FULL'} level
 * @property {string} [warning] What people should know and do
 * @property {Record<string, number>} parts Bytes of the data directory's parts
 * @property {Record<string, number>} byKind Bytes of the stored files by kind, largest first
 * @property {{job: number, title: string, bytes: number}[]} byJob The largest jobs, including their logs
 */

/**
 * A request that changed something, or was to, or a token that the command line added or removed. Neither bodies nor tokens are recorded
 * @typedef {object} AuditEntry
 * @property {number} id
 * @property {string} at
 * @property {string} visitor The name of the token, or local
 * @property {string} role
 * @property {string} address Address from which the request came; empty for tokens
 * @property {string} operation The operationId of this description; addToken or removeToken
 * @property {string} target The path of what was made, or of the request; /tokens/ and the name of one
 * @property {number} status Status of the response; 0 if the client disconnected before it was sent
 */

/**
 * @typedef {object} Retention
 * @property {{trainingStatesSeconds: number, checkpointsOf: 'all'|'bestOfConfiguration', keepForSeconds: number, quarantineSeconds: number}} rules
 * @property {number} bytes
 * @property {RetentionFile[]} files
 * @property {{job: number, kind: string, name: string, size: number, at: string}[]} removed Newest first
 * @property {{name: string, movedAt: string, deletedAfter: string}[]} quarantine Directories of files unknown to the database, oldest first
 */

/**
 * @typedef {object} RetentionFile
 * @property {number} job
 * @property {string} title
 * @property {string} kind
 * @property {string} name
 * @property {number} size
 * @property {string} reason Why it is removed
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
 * @property {string} [output] Output of the job's experiment
 * @property {'checkpoint'|'training-state'|'split'|'predictions'|'scrambled-predictions'|'evidence'|'image'|'scrambled-image'|'heatmap'|'scrambled-heatmap'|'picture'|'map'|'matrix'} kind
 * @property {string} name
 * @property {string} mediaType
 * @property {string} sha256
 * @property {number} size
 * @property {Facts} facts
 * @property {string} url
 */

/**
 * @typedef {'train'|'validation'|'test'|'scrambled'} SetName
 */

/**
 * How the training started, 'from scratch' or the regime of its starting weights
 * @typedef {string} Regime
 */

/**
 * Name of the imported starting weights; absent for random ones
 * @typedef {string} StartedFrom
 */

/**
 * Coordinates by the names of an output's axes
 * @typedef {Record<string, string|number>} Axes
 */

/**
 * A number measured by a job
 * @typedef {object} FoundResult
 * @property {string} experiment
 * @property {string} output
 * @property {string} metric
 * @property {SetName} set
 * @property {Axes} axes
 * @property {number|null} value
 * @property {number} [images] Number of images it was measured on
 * @property {number} job
 * @property {number} [run] The training itself, or the training that the job evaluates; absent, the job evaluates imported weights
 * @property {RunConfiguration} [configuration] Absent, the training was deleted
 */

/**
 * A network, and how it was trained if that was here
 * @typedef {object} RunConfiguration
 * @property {string} architecture
 * @property {TrainingSettings} settings
 * @property {SettingPhrases} phrases
 * @property {Regime} regime
 * @property {number} [seed]
 * @property {string} [imported] Name of the imported weights, if they are the network
 */

/**
 * An accuracy on other images than the test images of the run
 * @typedef {object} OtherImages
 * @property {string} dataset Data set of the images
 * @property {'test'|'unused'|'all'} images
 * @property {number} [subset] Maximum number of images of each class
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {RunConfiguration} configuration
 * @property {number} [run] Absent, the network is imported
 * @property {number} job The job that measured it
 * @property {Measured} [test]
 * @property {Measured} [scrambled]
 * @property {AccuracyByGrid[]} byGrid On the same images, scrambled with several grids
 */

/**
 * @typedef {object} AccuracyByGrid
 * @property {number} grid Tiles per side
 * @property {Measured} accuracy
 */

/**
 * A statistic of a run's stored predictions
 * @typedef {object} Statistic
 * @property {string} statistic
 * @property {StatisticValue[]} results
 * @property {Matrix[]} matrices
 * @property {PublishedStatistic} [published]
 */

/**
 * @typedef {object} StatisticValue
 * @property {string} output
 * @property {string} metric
 * @property {SetName} set
 * @property {Axes} axes
 * @property {number} value
 * @property {number} images
 */

/**
 * Numbers by row and column
 * @typedef {object} Matrix
 * @property {string} output
 * @property {SetName} set
 * @property {string[]} rows
 * @property {string[]} columns
 * @property {(number[])[]} values
 */

/**
 * The report's values, where its classes match the data set's exactly
 * @typedef {object} PublishedStatistic
 * @property {string} source
 * @property {PublishedValue[]} results
 */

/**
 * @typedef {object} PublishedValue
 * @property {string} metric
 * @property {SetName} set
 * @property {Axes} axes
 * @property {number} value
 */

/**
 * @typedef {object} Experiment
 * @property {string} name
 * @property {string} label
 * @property {string} summary
 * @property {Source} source
 * @property {Subject} subject
 * @property {{}} parameters A JSON Schema with a property for each parameter, in order. format is what a name refers to (architecture, dataset, weights, run, image, class) or seed for a seed; learnt is true for a data set that needs training images; otherwise describes the default, unit the unit, group the section of a form, role what it means that two jobs differ in it (identity, replicate, incidental), option the command-line option.
 * @property {Output[]} outputs
 * @property {boolean} interactive Whether its jobs may run beside the queue
 * @property {boolean} analysed Whether /analyses/NAME joins its numbers over networks and seeds
 */

/**
 * Where an experiment comes from
 * @typedef {object} Source
 * @property {string} work
 * @property {string} section
 */

/**
 * The subject of an experiment
 * @typedef {object} Subject
 * @property {'dataset'|'run'|'network'|'predictions'} kind
 * @property {Requirement[]} requires
 * @property {string[]} architectures The supported networks
 */

/**
 * @typedef {object} Requirement
 * @property {string} name
 * @property {string} reason Why networks without it are not supported
 */

/**
 * An output of an experiment
 * @typedef {object} Output
 * @property {string} name
 * @property {string} label
 * @property {'scalar'|'curve'|'matrix'|'pictures'|'map'} kind
 * @property {string} metric
 * @property {string} unit
 * @property {'higher'|'lower'|'neither'} better
 * @property {boolean} countsImages Whether it is the share of images with some property, so that its interval follows from their number
 * @property {Axis[]} axes
 */

/**
 * @typedef {object} Axis
 * @property {string} name
 * @property {string} label
 * @property {string} [unit]
 */

/**
 * A request being checked
 * @typedef {object} Check
 * @property {{}} values Values by parameter with all defaults, in the form of a request
 * @property {FieldProblem[]} problems
 */

/**
 * A sweep being checked
 * @typedef {object} SweepCheck
 * @property {number} trainings Trainings that its valid settings describe, existing ones included
 * @property {number} about Jobs on their networks
 * @property {FieldProblem[]} problems One for each field
 */

/**
 * @typedef {object} FieldProblem
 * @property {string} field
 * @property {string} detail
 */

/**
 * The report's epochs of this network, where its classes match the data set's exactly
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
 * @property {Regime} [regime] Of a training or of imported weights
 * @property {StartedFrom} [weights]
 * @property {{engine: string, device: string, threads: number, fastPath: boolean, codeVersion: string, datasetChecksum?: string, splitChecksum?: string, learntImages?: number}} [provenance]
 * @property {Epoch[]} history
 * @property {PublishedHistory} [publishedHistory]
 * @property {Partial<Record<SetName, Result>>} results
 * @property {Trouble} [trouble] Absent if there is none
 * @property {string} [unknown] The part of the job that this version does not know, such as a parameter of a module that is missing: its numbers are in no table
 * @property {OtherImages[]} otherImages Accuracies on other images than the test images of the run
 * @property {Artifact[]} artifacts
 * @property {Tag[]} tags
 * @property {string} [note]
 */

/**
 * @typedef {string} Tag
 */

/**
 * @typedef {object} Annotation
 * @property {number} job
 * @property {Tag[]} tags
 * @property {string} [note]
 */

/**
 * @typedef {object} RunPage
 * @property {ListedRun[]} runs
 * @property {number} total Runs of the list, of which these are a page
 * @property {RunColumn[]} columns
 * @property {string[]} varying Names of columns in which runs of the list differ
 * @property {string[]} datasets Of all runs, or of those of the chosen sweep, to choose from
 * @property {RunNetwork[]} networks Of the same runs
 * @property {string[]} sweeps Of all runs
 * @property {Tag[]} tags Of the same runs
 * @property {RunParameter[]} parameters In which the same runs differ, with the values to choose from
 */

/**
 * @typedef {object} RunParameter
 * @property {string} name Of the column
 * @property {(string|number|boolean)[]} values In their order, at most 200
 */

/**
 * @typedef {object} RunNetwork
 * @property {string} architecture
 * @property {string} label
 */

/**
 * @typedef {object} RunColumn
 * @property {string} name By which runs are sorted
 * @property {string} label
 * @property {string} [unit]
 * @property {'text'|'list'|'number'|'share'|'seconds'|'instant'|'flag'} type
 * @property {boolean} parameter Whether its values are in the parameters of runs, under its name
 */

/**
 * @typedef {object} ListedRun
 * @property {number} id
 * @property {string} title
 * @property {boolean} trained Otherwise it is a measurement of an imported network
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {string} [dataset] Whose images it was measured on
 * @property {Regime} regime
 * @property {string} [weights] Imported weights that it started from, or that are the network
 * @property {Record<string, string|number|boolean>} parameters Of the training, by their names
 * @property {RunAccuracy} [validation]
 * @property {RunAccuracy} [test]
 * @property {RunAccuracy} [scrambled]
 * @property {boolean} [converged] Whether an epoch before the last was as good; absent: that is not known
 * @property {Trouble} [trouble] Absent if there is none
 * @property {number} [seconds] From its last start to its end
 * @property {string} endedAt
 * @property {string[]} sweeps
 * @property {Tag[]} tags
 * @property {string} [note]
 */

/**
 * @typedef {object} RunAccuracy
 * @property {number} accuracy
 * @property {number} low Lower end of the 95 % interval over the images
 * @property {number} high
 * @property {number} images
 */

/**
 * An accuracy or another number over seeds. One seed has Wilson's 95 % interval over its images, which says nothing of other seeds; two have none; three or more have one over seeds and images together. Numbers that are no shares of images have an interval over seeds, from three on. Nothing is decided by these intervals; differences have their own.
 * @typedef {object} Measured
 * @property {number} mean
 * @property {number[]} values Each seed's
 * @property {number} [sd]
 * @property {number} [low]
 * @property {number} [high]
 * @property {number} n Seeds
 * @property {number} images That each was measured on, the fewest if they differ; 0 if that is not said
 * @property {'wilson'|'seeds-and-images'|'seeds'} [interval]
 * @property {string} [caution] Coverage of such an interval, if it is too low
 * @property {number} [notConverged] How many of the runs had their last epoch better than all before it, so that more might have been better; a run whose epochs are lost is not among them
 */

/**
 * What accuracies on a data set can be compared with
 * @typedef {object} MeasuredOn
 * @property {string} dataset
 * @property {Chance} [chance]
 * @property {PublishedApplies} publishedApplies
 */

/**
 * Accuracy of guessing, 1 / number of classes; absent for a data set that was removed
 * @typedef {number} Chance
 */

/**
 * Whether the classes are those of the report, so that its accuracies can be compared with measured ones
 * @typedef {boolean} PublishedApplies
 */

/**
 * Why a training that ran to its end is no result: its loss exploded, or its accuracy, on training and on test images, is no better than that of always answering with the same class
 * @typedef {'diverged'|'chance'} Trouble
 */

/**
 * @typedef {object} LeftOut
 * @property {number} run
 * @property {string} label Of its network
 * @property {number} seed
 * @property {Trouble} trouble
 */

/**
 * @typedef {object} Comparison
 * @property {string} dataset
 * @property {string[]} datasets Data sets with runs
 * @property {Chance} [chance]
 * @property {PublishedApplies} publishedApplies
 * @property {AccuracyRow[]} rows
 * @property {LeftOut[]} leftOut Trainings on the data set that failed and are in no mean and no test
 * @property {OtherImages[]} otherNetworks Networks measured on the data set, but not trained on it here
 */

/**
 * A network and how it was trained
 * @typedef {object} ConfiguredNetwork
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {TrainingSettings} settings
 * @property {SettingPhrases} phrases
 * @property {Regime} [regime] Absent: it was not trained here
 */

/**
 * The accuracies of a network
 * @typedef {ConfiguredNetwork & {runs: number[], validation?: Measured, test?: Measured, scrambled?: Measured, scramblings?: Scramblings, published: Partial<Record<SetName, number>>, ceiling?: Ceiling, readouts?: PatchReadouts}} AccuracyRow
 */

/**
 * @typedef {object} ReceptiveFields
 * @property {FieldArchitecture[]} architectures
 * @property {MeasuredOn[]} datasets Those of the accuracies
 * @property {AccuracyRow[]} accuracies Of networks with a test accuracy
 * @property {PublishedNetwork[]} published
 * @property {EffectiveField[]} effective
 * @property {SameImage[]} sameImage
 */

/**
 * How a network's receptive field grows, layer by layer
 * @typedef {object} FieldArchitecture
 * @property {string} name
 * @property {string} label
 * @property {Family} family
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
 * @typedef {object} DuplicatePairs
 * @property {number} threshold Correlation of thumbnails from which images are taken for the same
 * @property {DuplicatePair[]} pairs
 */

/**
 * @typedef {object} DuplicatePair
 * @property {string} first
 * @property {string} second
 * @property {boolean} identical Whether the files are the same byte by byte
 * @property {number} correlation
 * @property {boolean} crossSplit Whether one is a training and the other a test image of the data set's authors
 */

/**
 * @typedef {object} PredictionPage
 * @property {number} run The training, or the evaluation
 * @property {string} dataset Of the images
 * @property {boolean} pictured Whether the data set is known to still have the images that the run was measured on
 * @property {string[]} classes In the order of their numbers
 * @property {number} images Those that all runs were measured on
 * @property {number} wrong Those of them that all runs got wrong
 * @property {Confusion[]} confusions Of these, the 50 most frequent
 * @property {number} total Number of predictions that were asked for
 * @property {ImagePrediction[]} predictions
 */

/**
 * Images of a class that the run predicts as another
 * @typedef {object} Confusion
 * @property {string} class
 * @property {string} predicted
 * @property {number} images
 */

/**
 * Probabilities are absent if logits were not stored, or the network diverged
 * @typedef {object} ImagePrediction
 * @property {string} image Path in the data set
 * @property {SetName} set
 * @property {string} class
 * @property {string} predicted
 * @property {boolean} right
 * @property {number} [probability] Of the predicted class
 * @property {number} [classProbability] Of the image's class
 * @property {ProbableClass[]} top The most probable classes, at most as many as were asked for
 * @property {OtherPrediction[]} others The predictions of the other runs for it
 */

/**
 * @typedef {object} ProbableClass
 * @property {string} class
 * @property {number} probability
 */

/**
 * @typedef {object} OtherPrediction
 * @property {number} run
 * @property {string} predicted
 * @property {number} [probability]
 */

/**
 * @typedef {object} RepeatedImages
 * @property {Repeated} validation
 * @property {Repeated} test
 */

/**
 * @typedef {object} Repeated
 * @property {number} images
 * @property {number} repeated Those that show the same as an image of an earlier part
 */

/**
 * What captions say of the settings, such as 64 px; those with a default are left out where they have it
 * @typedef {string[]} SettingPhrases
 */

/**
 * What the report published of a network
 * @typedef {object} PublishedNetwork
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {number} validation
 * @property {number} test
 * @property {number} [scrambled]
 */

/**
 * How much of their receptive field the networks of a configuration use, as effective-field jobs measured
 * @typedef {ConfiguredNetwork & {runs: number[], side: PixelsOverSeeds, radius: PixelsOverSeeds, url?: string}} EffectiveField
 */

/**
 * @typedef {object} PixelsOverSeeds
 * @property {number} mean
 * @property {number[]} values Each run's
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
 * Recognising test images, recognising scrambled ones, or recognising a test image that is not recognised scrambled
 * @typedef {'test'|'scrambled'|'scrambling-loss'} Measure
 */

/**
 * What runs have in common but the network and the seed
 * @typedef {object} ComparedSetting
 * @property {number} run A run of it
 * @property {number} networks How many networks have run
 * @property {TrainingSettings} settings
 * @property {SettingPhrases} phrases
 * @property {Regime} regime
 */

/**
 * The setting that a view is about
 * @typedef {object} ChosenSetting
 * @property {string} dataset
 * @property {string[]} datasets Data sets with runs
 * @property {ComparedSetting[]} settings
 * @property {ComparedSetting} [setting] The one that is shown. Absent if nothing has run
 * @property {LeftOut[]} leftOut Trainings on the data set that failed and are in no mean and no test
 */

/**
 * @typedef {ChosenSetting & {measure: Measure, grid: number, networks: ComparedNetwork[], pairs: Difference[]}} Differences
 */

/**
 * @typedef {object} ComparedNetwork
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {number[]} runs Those that stored their predictions
 * @property {number} mean Of the measure over seeds and images
 */

/**
 * @typedef {'images-of-one-seed'|'exact-mcnemar'|'paired-seeds-and-images'} DifferenceMethod
 */

/**
 * A mean difference over seeds. One seed has an interval and a p-value over its images only, two seeds have neither. From three on the p-value is the larger one of Student's test over seeds and images and of a permutation test over seeds, which is at least 0.1 for three seeds; from four on there is an interval of what either test accepts.
 * @typedef {object} Difference
 * @property {number} difference
 * @property {number[]} bySeed
 * @property {number} images Of each seed
 * @property {number} [low]
 * @property {number} [high]
 * @property {number} [p]
 * @property {DifferenceMethod} [method]
 * @property {string} first A network
 * @property {string} second
 * @property {number} [adjusted] The p-value corrected after Holm over all pairs
 * @property {boolean} significant Whether the corrected p-value, over several seeds, is at most 5 %
 * @property {SeedDifference[]} seeds
 * @property {string} sentence
 * @property {string} reversed The same of the second network over the first
 */

/**
 * Two runs with the same seed
 * @typedef {object} SeedDifference
 * @property {number} seed
 * @property {number} firstRun
 * @property {number} secondRun
 * @property {number} difference
 * @property {McNemarTable} [table]
 * @property {number} [exactP] Of McNemar's exact test
 */

/**
 * The images on which two networks agree and disagree
 * @typedef {object} McNemarTable
 * @property {number} both
 * @property {number} onlyFirst
 * @property {number} onlySecond
 * @property {number} neither
 */

/**
 * @typedef {ChosenSetting & {scores: Score[]}} Scores
 */

/**
 * @typedef {object} Score
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {string} statistic
 * @property {string} output
 * @property {string} name Of the output for people
 * @property {SetName} set
 * @property {Measured} value
 */

/**
 * @typedef {ChosenSetting & {classes: string[], networks: NetworkErrors[], pairs: ErrorPair[]}} ErrorAgreement
 */

/**
 * @typedef {object} NetworkErrors
 * @property {string} architecture
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {number[]} runs Those that stored their predictions
 * @property {number} accuracy On test images, mean over runs
 * @property {number[]} classAccuracies Share of each class's test images that is recognised, mean over runs
 * @property {OwnAgreement} [ceiling] How much its runs agree, from seed to seed. Absent with one seed
 */

/**
 * @typedef {object} OwnAgreement
 * @property {number} observed Share of images on which both runs are right or both are wrong
 * @property {number} expected The same of independent networks of their accuracies
 * @property {number} [kappa] Cohen's, of the errors: 1 for the same, 0 for independent ones. Absent if two runs recognise all images, or none
 * @property {number} [low] Of a 95 % interval over seeds and images. Absent with fewer than three seeds
 * @property {number} [high]
 * @property {number} seeds
 * @property {number} images Those that two runs have in common, the fewest
 * @property {number} [logitCorrelation] Pearson's, over images and classes, each image's mean subtracted. Absent if logits were not stored
 */

/**
 * Two networks, over pairs of their runs
 * @typedef {object} ErrorPair
 * @property {number} observed Share of images on which both are right or both are wrong
 * @property {number} expected The same of independent networks of their accuracies
 * @property {number} [kappa] Cohen's, of the errors: 1 for the same, 0 for independent ones. Absent if two runs recognise all images, or none
 * @property {number} [low] Of a 95 % interval over seeds and images. Absent with fewer than three seeds
 * @property {number} [high]
 * @property {number} seeds Common to both networks
 * @property {number} images Those that two runs have in common, the fewest
 * @property {number} [logitCorrelation] Pearson's, over images and classes, each image's mean subtracted. Absent if logits were not stored
 * @property {string} first A network
 * @property {string} second
 * @property {number} [pearson] Correlation of the networks' accuracies over the classes. Absent with fewer than three
 * @property {number} [spearman] The same of the classes' ranks
 * @property {string} sentence
 */

/**
 * @typedef {object} RunPair
 * @property {ComparedRun} a
 * @property {ComparedRun} b
 * @property {Measure} set
 * @property {number} images Those that both were measured on
 * @property {number} both
 * @property {number} onlyA
 * @property {number} onlyB
 * @property {number} neither
 * @property {number} difference
 * @property {number} low
 * @property {number} high
 * @property {number} pValue
 * @property {DifferenceMethod} method
 * @property {string} sentence
 * @property {string} testSentence What McNemar's exact test says of these two runs
 * @property {Difference} [overSeeds] Their configurations, if they have several seeds in common
 */

/**
 * @typedef {object} ComparedRun
 * @property {number} run
 * @property {string} architecture
 * @property {string} label
 * @property {number} seed
 */

/**
 * @typedef {ChosenSetting & {changes: Change[]}} Changes
 */

/**
 * @typedef {object} Change
 * @property {string} change
 * @property {ChangedNetwork} before
 * @property {ChangedNetwork} after
 * @property {number} [accuracyBefore] Mean over seeds and images
 * @property {number} [accuracyAfter]
 * @property {PairedDifference} [difference] Absent until both networks have run with the same seed
 * @property {number} [adjusted] The p-value corrected after Holm over all changes
 * @property {string} [sentence]
 */

/**
 * @typedef {object} ChangedNetwork
 * @property {string} architecture
 * @property {string} label
 */

/**
 * @typedef {ChosenSetting & {claims: Claim[]}} Claims
 */

/**
 * Supported if all that the claim predicts was found with a corrected p-value of at most 5 %, contradicted if the opposite of one prediction was; of claims that need any, supported if one holds, contradicted if all fail
 * @typedef {'supported'|'contradicted'|'undecided'} Verdict
 */

/**
 * @typedef {object} Claim
 * @property {string} id
 * @property {string} claim
 * @property {Verdict} verdict
 * @property {string} evidence In sentences
 * @property {'all'|'first-then-others'|'any'} needed Which predictions must hold. Of first-then-others the others are tested only once the first holds
 * @property {ClaimPrediction[]} predictions
 * @property {string[]} missing What must be run to decide it
 * @property {number[]} runs
 * @property {number} [seeds] Of the prediction that has the fewest. Absent if nothing was measured
 * @property {number} [errorRate] How many verdicts over so many seeds are wrong, at most, in simulated studies of networks that are distributed alike. Absent if something is missing
 * @property {number} [seedsToDecide] How many seeds would decide it, if differences and spread stay as they are. Absent if it is decided, if something is missing, or if more than a hundred would be needed
 * @property {string} certainty The last three in sentences; empty if there are none
 * @property {{verdict: Verdict, reason: string}} [truth] What networks that minimise cross-entropy would give. Absent where that is not known
 */

/**
 * A difference that is above zero if the claim holds
 * @typedef {object} ClaimPrediction
 * @property {string} statement
 * @property {PairedDifference} difference
 * @property {number} [low] Of the 95 % interval of all predictions together: above zero if it holds. Absent for few seeds
 * @property {number} [high] Below zero if it fails
 * @property {number} tests By how many its p-value is multiplied: the predictions that could decide the claim as it does
 * @property {number} [adjusted] The p-value, corrected for the predictions that could decide the claim as well; at most 5 % if it holds or fails
 * @property {string} sentence
 */

/**
 * A mean difference over seeds, as in Difference
 * @typedef {object} PairedDifference
 * @property {number} difference
 * @property {number[]} bySeed
 * @property {number} images Of each seed
 * @property {number} [low]
 * @property {number} [high]
 * @property {number} [p]
 * @property {DifferenceMethod} [method]
 */

/**
 * @typedef {object} Scrambling
 * @property {MeasuredOn[]} datasets Those of the rows
 * @property {ScramblingCurve[]} curves
 * @property {AccuracyRow[]} rows Of networks with a test and a scrambled accuracy
 * @property {PublishedNetwork[]} published
 * @property {ScramblingExample[]} examples
 */

/**
 * @typedef {object} Analysis
 * @property {string} experiment
 * @property {string} dataset
 * @property {string[]} datasets Data sets with runs
 * @property {AnalysedOutput[]} outputs Empty if no run was analysed with this experiment
 */

/**
 * @typedef {object} AnalysedOutput
 * @property {Output} output
 * @property {Axis[]} parameters Of the jobs, part of the position because some job has another value than the default
 * @property {AnalysedNetwork[]} rows By network, then by position
 */

/**
 * A number of a network over its seeds
 * @typedef {ConfiguredNetwork & {configuration: number, runs: number[], set: string, at: Axes, value: Measured}} AnalysedNetwork
 */

/**
 * @typedef {object} AccuracyOver
 * @property {Axis} axis
 * @property {Record<string, number>} counts How many curves there are over each parameter, by its name
 * @property {MeasuredOn[]} datasets Those of the curves
 * @property {AccuracyCurve[]} curves
 */

/**
 * A network that was trained with several values of the parameter, all else being equal
 * @typedef {ConfiguredNetwork & {points: AccuracyCurvePoint[]}} AccuracyCurve
 */

/**
 * @typedef {object} AccuracyCurvePoint
 * @property {number} at The value; of the number of training images, those of all classes that were learnt
 * @property {number} [value] Absent: the parameter has none, which means something
 * @property {ReceptiveField} [receptiveField] On images of this size; absent: the whole image
 * @property {number[]} runs
 * @property {Measured} test
 * @property {Measured} [sparseness] Of the evidence, in runs with a job evidence
 */

/**
 * A configuration on test images cut into smaller and smaller tiles, by the experiment scramble
 * @typedef {ConfiguredNetwork & {runs: number[], whole?: Measured, points: ScramblingGrid[], classes: ScramblingRecalls[]}} ScramblingCurve
 */

/**
 * @typedef {object} ScramblingGrid
 * @property {number} grid Tiles per side
 * @property {number} tile Side of a tile in pixels
 * @property {Measured} accuracy Over runs of the mean over each run's permutations
 * @property {number} agreement Share of tiled images that get the same prediction as the whole image
 * @property {number} permutations Of each image, over all runs
 * @property {number} [withinTile] Share of the patches that cross no seam. Absent if the network sees the whole image or pads it
 */

/**
 * @typedef {object} ScramblingRecalls
 * @property {string} name The class
 * @property {number} [whole]
 * @property {Record<string, number>} byGrid By tiles per side
 */

/**
 * An image with a run's heatmaps, clean and scrambled
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
 * @property {Facts} facts Facts of the clean heatmap, and scrambledPredicted, scrambledLabel, scrambledMinimum, scrambledMaximum, scrambledLimit
 */

/**
 * Under several scramblings of the same test images
 * @typedef {object} Scramblings
 * @property {number} n Over all runs
 * @property {number} mean Mean over runs of each run's mean over scramblings
 * @property {number} lowest
 * @property {number} highest
 * @property {ScramblingPoint[]} points
 */

/**
 * @typedef {object} ScramblingPoint
 * @property {number} run
 * @property {number} job
 * @property {number} [scrambleSeed]
 * @property {number} accuracy
 */

/**
 * Train a network and evaluate it on validation, test and scrambled test images; for BagNets, also compute heatmaps.
 * @typedef {{architecture: 'resnet50'|'densenet121'|'densenet169'|'cbam_resnet50'|'bagnet9'|'bagnet17'|'bagnet33'|'bagnet65'|'bagnet129'|'resnet50_v15'|'resnet50_no_max_pool'|'resnet50_stride16'|'resnet50_small_stem'|'resnet50_stride8'|'resnet50_1x1_stage4'|'resnet50_1x1_stages3to4'|'resnet50_1x1_stages2to4'|'bagnet33_padded'|'resnet50_shallow'|'bagnet33_shallow', dataset: string, trainImages?: number, weights?: string, recipe?: 'quick'|'report'|'sgd', imageSize?: number, width?: number, sparsity?: number, epochs?: number, batchSize?: number, learningRate?: number, seed?: number, heatmapStride?: 1|2|4|8, precision?: 'fp32'|'tf32'|'bf16', preparation?: 'pillow', duplicates?: 'keep'|'leave-out', kind: 'train', sweep?: NameOfSweep, priority?: Priority}} TrainRequest
 */

/**
 * @typedef {object} TrainSpec
 * @property {'train'} kind
 * @property {string} architecture
 * @property {string} dataset
 * @property {number} [trainImages] Absent: all
 * @property {StartingWeights} [weights] Absent: random weights, from scratch
 * @property {string} recipe
 * @property {number} imageSize
 * @property {number} width
 * @property {number} sparsity
 * @property {number} epochs
 * @property {number} batchSize
 * @property {number} learningRate
 * @property {number} seed
 * @property {number} heatmapStride
 * @property {string} precision
 * @property {string} preparation
 * @property {string} duplicates
 */

/**
 * Evaluate a network again, with another scrambling seed or on other images, or evaluate imported weights.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, scrambleSeed?: number, kind: 'evaluate', sweep?: NameOfSweep, priority?: Priority}} EvaluateRequest
 */

/**
 * @typedef {object} EvaluateSpec
 * @property {'evaluate'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {number} scrambleSeed
 */

/**
 * Map where in an image a BagNet finds evidence for a class.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, image?: string, label?: string, stride?: 1|2|4|8, mode?: 'faithful'|'report', classes?: 'one'|'all', scale?: 'own'|'common', kind: 'heatmap', sweep?: NameOfSweep, priority?: Priority, interactive?: Interactive}} HeatmapRequest
 */

/**
 * @typedef {object} HeatmapSpec
 * @property {'heatmap'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [image] Absent: the run's first test image, of another data set the first image
 * @property {string} [label] Absent: the predicted class
 * @property {number} stride
 * @property {string} mode
 * @property {string} classes
 * @property {string} scale
 */

/**
 * Map which pixels of an image count for a class: input gradient, gradient times input and Grad-CAM of any network, and a BagNet's heatmap.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, image?: string, label?: string, scale?: 'own'|'common', kind: 'saliency', sweep?: NameOfSweep, priority?: Priority, interactive?: Interactive}} SaliencyRequest
 */

/**
 * @typedef {object} SaliencySpec
 * @property {'saliency'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [image] Absent: the run's first test image, of another data set the first image
 * @property {string} [label] Absent: the predicted class
 * @property {string} scale
 */

/**
 * Measure a network on images cut into ever smaller tiles, shuffled several times.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, grids?: string, permutations?: number, scrambleSeed?: number, kind: 'scramble', sweep?: NameOfSweep, priority?: Priority}} ScrambleRequest
 */

/**
 * @typedef {object} ScrambleSpec
 * @property {'scramble'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {string} [grids] Absent: those of 2, 4, 7, 8, 14 that divide the image size
 * @property {number} permutations
 * @property {number} scrambleSeed
 */

/**
 * Record where in each image a BagNet finds evidence for the true class, and how sparse it is.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, kind: 'evidence', sweep?: NameOfSweep, priority?: Priority}} EvidenceRequest
 */

/**
 * @typedef {object} EvidenceSpec
 * @property {'evidence'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 */

/**
 * Measure how much of its receptive field a network uses.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, mostImages?: number, kind: 'effective-field', sweep?: NameOfSweep, priority?: Priority}} EffectiveFieldRequest
 */

/**
 * @typedef {object} EffectiveFieldSpec
 * @property {'effective-field'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {number} mostImages
 */

/**
 * Measure a network while the tiles that count most in each image are masked.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, mostImages?: number, tile?: number, masked?: string, orderSeed?: number, kind: 'spatial-sensitivity', sweep?: NameOfSweep, priority?: Priority}} SpatialSensitivityRequest
 */

/**
 * @typedef {object} SpatialSensitivitySpec
 * @property {'spatial-sensitivity'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {number} mostImages
 * @property {number} tile
 * @property {string} masked
 * @property {number} orderSeed
 */

/**
 * Measure whether the effects of masks on different parts of an image add up.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, mostImages?: number, patches?: string, gaps?: string, masks?: number, kind: 'interactions', sweep?: NameOfSweep, priority?: Priority}} InteractionsRequest
 */

/**
 * @typedef {object} InteractionsSpec
 * @property {'interactions'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {number} mostImages
 * @property {string} patches
 * @property {string} gaps
 * @property {number} masks
 */

/**
 * Measure how well saliency maps say what a network's prediction depends on.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, mostImages?: number, tile?: number, steps?: number, orderSeed?: number, kind: 'faithfulness', sweep?: NameOfSweep, priority?: Priority}} FaithfulnessRequest
 */

/**
 * @typedef {object} FaithfulnessSpec
 * @property {'faithfulness'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {number} mostImages
 * @property {number} tile
 * @property {number} steps
 * @property {number} orderSeed
 */

/**
 * Measure whether a network trained on controlled-15 decides by the lattice or by the marks where they contradict each other.
 * @typedef {{run?: number, weights?: string, dataset?: 'controlled-15-cue-conflict', imageSize?: number, kind: 'cue-conflict', sweep?: NameOfSweep, priority?: Priority}} CueConflictRequest
 */

/**
 * @typedef {object} CueConflictSpec
 * @property {'cue-conflict'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} dataset
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 */

/**
 * Compare a BagNet's heatmaps with those after its stages got random weights, from the output on.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, mostImages?: number, randomisationSeed?: number, kind: 'weight-randomisation', sweep?: NameOfSweep, priority?: Priority}} WeightRandomisationRequest
 */

/**
 * @typedef {object} WeightRandomisationSpec
 * @property {'weight-randomisation'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {number} mostImages
 * @property {number} randomisationSeed
 */

/**
 * Find the patches in which a BagNet sees the most evidence for each class.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, patches?: number, stride?: 1|2|4|8, kind: 'predictive-patches', sweep?: NameOfSweep, priority?: Priority}} PredictivePatchesRequest
 */

/**
 * @typedef {object} PredictivePatchesSpec
 * @property {'predictive-patches'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {number} patches
 * @property {number} stride
 */

/**
 * Measure how much of a BagNet's evidence comes from patches that show which class it is.
 * @typedef {{run?: number, weights?: string, dataset?: 'controlled-15', imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, stride?: 1|2|4|8, kind: 'localisation', sweep?: NameOfSweep, priority?: Priority}} LocalisationRequest
 */

/**
 * @typedef {object} LocalisationSpec
 * @property {'localisation'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {number} stride
 */

/**
 * Count the images that a BagNet provably classifies correctly, whatever an adversarial patch shows.
 * @typedef {{run?: number, weights?: string, dataset?: string, imageSize?: number, images?: 'test'|'unused'|'all', subset?: number, subsetSeed?: number, patchSides?: string, kind: 'patch-robustness', sweep?: NameOfSweep, priority?: Priority}} PatchRobustnessRequest
 */

/**
 * @typedef {object} PatchRobustnessSpec
 * @property {'patch-robustness'} kind
 * @property {number} [run] Absent: none, with imported weights
 * @property {ImportedNetwork} [weights] Absent: none, the run's network
 * @property {string} [dataset] Absent: that of the run
 * @property {number} [imageSize] Absent: that of the run, with weights 224
 * @property {string} [images] Absent: test on the run's own data set, all on another
 * @property {number} [subset] Absent: all
 * @property {number} subsetSeed
 * @property {string} patchSides
 */

/**
 * How networks were trained, as far as numbers depend on it
 * @typedef {object} TrainingSettings
 * @property {string} [dataset]
 * @property {number} [trainImages] Absent: all
 * @property {StartingWeights} [weights] Absent: random weights, from scratch
 * @property {string} [recipe]
 * @property {number} [imageSize]
 * @property {number} [width]
 * @property {number} [sparsity]
 * @property {number} [epochs]
 * @property {number} [batchSize]
 * @property {number} [learningRate]
 * @property {string} [precision]
 * @property {string} [preparation]
 * @property {string} [duplicates]
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
 * @property {Annotation} annotation
 * @property {Deleted} deleted
 * @property {{}} reset
 */

/**
 * The JSON that operations answer with.
 * @typedef {{
 *   'POST /jobs': Job,
 *   'GET /jobs': JobPage,
 *   'GET /jobs/{id}': Job,
 *   'GET /jobs/{id}/timeline': {transitions: Transition[]},
 *   'POST /jobs/{id}/cancel': Job,
 *   'POST /jobs/{id}/pause': Job,
 *   'POST /jobs/{id}/move': Job,
 *   'POST /jobs/{id}/resume': Job,
 *   'POST /sweeps': SubmittedSweep,
 *   'GET /sweeps': {sweeps: Sweep[]},
 *   'POST /sweeps/check': SweepCheck,
 *   'GET /presets': {presets: Preset[]},
 *   'GET /sweeps/{id}': SweepWithJobs,
 *   'DELETE /sweeps/{id}': {id: string, jobs: number[]},
 *   'POST /sweeps/{id}/hold': StoppedSweep,
 *   'POST /sweeps/{id}/release': Sweep,
 *   'POST /sweeps/{id}/cancel': StoppedSweep,
 *   'POST /sweeps/{id}/resume': ResumedSweep,
 *   'GET /runs': RunPage,
 *   'PUT /runs/{id}/note': Annotation,
 *   'PATCH /runs/{id}/tags': Annotation,
 *   'GET /runs/{id}': Run,
 *   'GET /runs/{id}/results': {results: FoundResult[]},
 *   'GET /runs/{id}/duplicates': RepeatedImages,
 *   'GET /runs/{id}/predictions': PredictionPage,
 *   'GET /runs/{id}/statistics/{name}': Statistic,
 *   'GET /results': {results: FoundResult[], total: number},
 *   'GET /experiments': {experiments: Experiment[]},
 *   'POST /experiments/{name}/check': Check,
 *   'GET /comparison': Comparison,
 *   'GET /differences': Differences,
 *   'GET /error-agreement': ErrorAgreement,
 *   'GET /scores': Scores,
 *   'GET /pairs': RunPair,
 *   'GET /changes': Changes,
 *   'GET /claims': Claims,
 *   'GET /analyses/{name}': Analysis,
 *   'GET /receptive-fields': ReceptiveFields,
 *   'GET /scrambling': Scrambling,
 *   'GET /accuracy-over/{name}': AccuracyOver,
 *   'GET /datasets': {damaged: Damaged[], datasets: Dataset[]},
 *   'POST /datasets': DatasetImport,
 *   'GET /dataset-imports': {imports: DatasetImport[]},
 *   'GET /dataset-imports/{name}': DatasetImport,
 *   'GET /datasets/{name}': DatasetDetails,
 *   'GET /datasets/{name}/duplicates': DuplicatePairs,
 *   'GET /datasets/{name}/images': {total: number, images: DatasetImage[]},
 *   'GET /architectures': {architectures: ArchitectureChoice[]},
 *   'GET /weights': {damaged: Damaged[], weights: Weights[]},
 *   'POST /weights': Weights,
 *   'GET /devices': {devices: Device[]},
 *   'GET /storage': Storage,
 *   'GET /storage/retention': Retention,
 *   'POST /storage/retention': {bytes: number, files: RetentionFile[]},
 *   'GET /webhooks': {webhooks: {host: string, events: ('sweep-ended'|'needs-help')[], pending: number, failure?: string, failedAt?: string}[]},
 *   'POST /webhooks/test': {webhooks: {host: string, delivered: boolean, failure?: string}[]},
 *   'GET /session': Session,
 *   'POST /session': Session,
 *   'GET /audit': {entries: AuditEntry[]},
 *   'GET /health/live': {status: 'UP'|'DOWN', reason?: string},
 *   'GET /health/ready': {status: 'UP'|'DOWN', reason?: string},
 * }} Responses
 */

/**
 * Query parameters by operation.
 * @typedef {{
 *   'GET /jobs': {state?: string, kind?: string, limit?: number, offset?: number},
 *   'GET /jobs/{id}/log': {bytes?: number},
 *   'GET /runs': {dataset?: string, network?: string, sweep?: string, tag?: string, converged?: boolean|string, parameter?: string, search?: string, runs?: string, sort?: string, limit?: number, offset?: number},
 *   'GET /runs/{id}/predictions': {set?: string, image?: string, class?: string, predicted?: string, right?: boolean|string, alsoWrong?: string, order?: string, top?: number, limit?: number, offset?: number},
 *   'GET /results': {experiment?: string, output?: string, metric?: string, set?: string, dataset?: string, run?: number, limit?: number, offset?: number},
 *   'GET /comparison': {dataset?: string, troubled?: boolean|string},
 *   'GET /export/{file}': {dataset?: string, setting?: number, measure?: string, grid?: number, published?: boolean|string, network?: string, sweep?: string, tag?: string, converged?: boolean|string, parameter?: string, search?: string, runs?: string, sort?: string, columns?: string, limit?: number, offset?: number, troubled?: boolean|string},
 *   'GET /differences': {dataset?: string, setting?: number, measure?: string, grid?: number, troubled?: boolean|string},
 *   'GET /error-agreement': {dataset?: string, setting?: number, troubled?: boolean|string},
 *   'GET /scores': {dataset?: string, setting?: number, troubled?: boolean|string},
 *   'GET /pairs': {a?: number, b?: number, set?: string},
 *   'GET /changes': {dataset?: string, setting?: number, troubled?: boolean|string},
 *   'GET /claims': {dataset?: string, setting?: number, troubled?: boolean|string},
 *   'GET /analyses/{name}': {dataset?: string, troubled?: boolean|string},
 *   'GET /receptive-fields': {dataset?: string, troubled?: boolean|string},
 *   'GET /scrambling': {dataset?: string, troubled?: boolean|string},
 *   'GET /accuracy-over/{name}': {dataset?: string, troubled?: boolean|string},
 *   'POST /datasets': {name?: string, source?: string},
 *   'GET /datasets/{name}/images': {class?: string, part?: string, limit?: number, offset?: number},
 *   'GET /datasets/{name}/image': {path?: string, size?: number},
 *   'POST /weights': {name?: string, architecture?: string, source?: string, regime?: string},
 *   'GET /devices': {hours?: number},
 *   'GET /audit': {limit?: number, before?: number},
 * }} Queries
 */

/** Defaults of omitted fields, by schema. */
export const DEFAULTS = {
  Priority: 0,
  Interactive: false,
  SettingRange: {"scale":"linear"},
  SweepDefinition: {"random":{"seed":1},"halving":{"factor":3,"firstEpochs":1},"stopAfterFailures":3,"again":false},
};
