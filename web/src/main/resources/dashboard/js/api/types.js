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
 * @property {string} cause Why, in words
 * @property {CauseCode} causeCode
 * @property {CauseArguments} causeArguments
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
 * Of a picture: image, class, predicted, label (the class whose logits are drawn), stride, minimum, maximum, limit (of the colours, the 99th percentile of the map's own magnitudes), mode. Of the raw values of a map: picture, the name of its picture. Of a split: datasetChecksum, splitChecksum.
 * @typedef {Record<string, string>} Facts
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
 * @property {string} [hold] Why its queued jobs do not run, in words
 * @property {CauseCode} [holdCode]
 * @property {CauseArguments} [holdArguments]
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
 */

/**
 * @typedef {object} ArchitectureChoice
 * @property {string} name
 * @property {string} label
 * @property {ReceptiveField} [receptiveField]
 * @property {number} parameters With 15 classes at width 1
 */

/**
 * One of the experiments; their schemas follow from their descriptions
 * @typedef {TrainRequest|EvaluateRequest|HeatmapRequest} JobRequest
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
 * A request with all defaults filled in; the schemas follow from the experiments' descriptions
 * @typedef {TrainSpec|EvaluateSpec|HeatmapSpec} JobSpec
 */

/**
 * @typedef {object} Job
 * @property {number} id
 * @property {JobSpec} spec
 * @property {string} title
 * @property {string} [sweep]
 * @property {JobState} state
 * @property {string} [reason] Why it waits or ended so, in words
 * @property {CauseCode} [causeCode]
 * @property {CauseArguments} [causeArguments]
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
 * The number of a job, or the name of a sweep, that is gone
 * @typedef {object} Deleted
 * @property {number} [job]
 * @property {string} [sweep]
 */

/**
 * Why something happened; decide by this and not by the words
 * @typedef {'submitted'|'started'|'cancel-requested'|'cancelled-with-sweep'|'cancelled-with-job'|'pause-requested'|'resumed'|'resumed-with-sweep'|'resumed-with-job'|'retried'|'advanced'|'rung-reached'|'promoted'|'outdone'|'completed'|'stopped-with-checkpoint'|'stopped-without-checkpoint'|'error'|'worker-exited'|'worker-killed'|'worker-silent'|'worker-stalled'|'worker-not-stopping'|'report-not-stored'|'stopped-before-placed'|'slurm-waiting'|'slurm-placed'|'slurm-node-lost'|'slurm-time-limit'|'slurm-preempted'|'slurm-cancelled'|'slurm-no-place'|'slurm-unreachable'|'server-stopped'|'server-stopped-before-start'|'server-stopped-before-stored'|'server-died'|'server-died-before-start'|'machine-restarted'|'orphan-ended'|'orphan-left'|'paused'|'paused-after-run'|'cancelled-before-start'|'cancelled-after-interruption'|'file-lost'|'continued'|'continued-after-training'|'begun-anew'|'files-removed'|'held-by-hand'|'stopped-after-failures'|'legacy'} CauseCode
 */

/**
 * What the words name: texts and numbers by name, and of a cause within a cause its code and arguments
 * @typedef {{}} CauseArguments
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
 * @property {boolean} [inFallback] Present where the fallback says the refusal, too
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
 * @property {string} [output] Of the job's experiment that it is part of
 * @property {'checkpoint'|'training-state'|'split'|'predictions'|'image'|'scrambled-image'|'heatmap'|'scrambled-heatmap'|'picture'|'map'|'matrix'} kind
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
 * How a network began, 'from scratch' or as its starting weights came about
 * @typedef {string} Regime
 */

/**
 * Name of the imported weights that it started from; absent, random ones
 * @typedef {string} StartedFrom
 */

/**
 * A position by the names of an output's axes
 * @typedef {Record<string, string|number>} Axes
 */

/**
 * A number that a job found
 * @typedef {object} FoundResult
 * @property {string} experiment
 * @property {string} output
 * @property {string} metric
 * @property {SetName} set
 * @property {Axes} axes
 * @property {number|null} value
 * @property {number} [images] That it was measured on
 * @property {number} job
 * @property {number} run The training that the job is, or is about
 * @property {RunConfiguration} [configuration] Absent, the training was deleted
 */

/**
 * How a network was trained
 * @typedef {object} RunConfiguration
 * @property {string} architecture
 * @property {string} dataset
 * @property {number} imageSize
 * @property {number} width
 * @property {string} recipe
 * @property {Regime} regime
 * @property {number} seed
 */

/**
 * Of a run's stored predictions
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
 * The report's, where its classes are exactly the data set's
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
 * @property {{}} parameters A JSON Schema with a property for each parameter, in their order. format says what a name is of (architecture, dataset, weights, run, image, class) or that a number is a seed; otherwise says what is taken where a request says nothing, unit the unit, option the command line's name.
 * @property {Output[]} outputs
 */

/**
 * Where an experiment comes from
 * @typedef {object} Source
 * @property {string} work
 * @property {string} section
 */

/**
 * What an experiment is about
 * @typedef {object} Subject
 * @property {'dataset'|'run'|'predictions'} kind
 * @property {Requirement[]} requires
 * @property {string[]} architectures The networks that it can be about
 */

/**
 * @typedef {object} Requirement
 * @property {string} name
 * @property {string} reason Why it cannot be about a network without it
 */

/**
 * What an experiment finds
 * @typedef {object} Output
 * @property {string} name
 * @property {string} label
 * @property {'scalar'|'curve'|'matrix'|'pictures'|'map'} kind
 * @property {string} metric
 * @property {string} unit
 * @property {'higher'|'lower'|'neither'} better
 * @property {Axis[]} axes
 */

/**
 * @typedef {object} Axis
 * @property {string} name
 * @property {string} label
 * @property {string} [unit]
 */

/**
 * A request that is being filled in
 * @typedef {object} Check
 * @property {{}} values By parameter with all defaults, as a request says them
 * @property {FieldProblem[]} problems
 */

/**
 * @typedef {object} FieldProblem
 * @property {string} field
 * @property {string} detail
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
 * @property {Scramblings} [scramblings] Absent, under one scrambling only
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
 * Under several scramblings of the same test images
 * @typedef {object} Scramblings
 * @property {number} n Over all runs
 * @property {number} mean Over the runs of the mean over each run's scramblings
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
 * Train a network, measure it on validation, test and scrambled test images, and draw heatmaps of a BagNet.
 * @typedef {{architecture: 'resnet50'|'densenet121'|'densenet169'|'cbam_resnet50'|'bagnet9'|'bagnet17'|'bagnet33'|'resnet50_v15', dataset: string, weights?: string, recipe?: 'quick'|'report'|'sgd', imageSize?: number, width?: number, epochs?: number, batchSize?: number, learningRate?: number, seed?: number, heatmapStride?: 1|2|4|8, kind: 'train', sweep?: NameOfSweep, priority?: Priority}} TrainRequest
 */

/**
 * @typedef {object} TrainSpec
 * @property {'train'} kind
 * @property {string} architecture
 * @property {string} dataset
 * @property {StartingWeights} [weights]
 * @property {string} recipe
 * @property {number} imageSize
 * @property {number} width
 * @property {number} epochs
 * @property {number} batchSize
 * @property {number} learningRate
 * @property {number} seed
 * @property {number} heatmapStride
 */

/**
 * Measure a trained network again, with another scrambling of the test images.
 * @typedef {{run: number, scrambleSeed?: number, kind: 'evaluate', sweep?: NameOfSweep, priority?: Priority}} EvaluateRequest
 */

/**
 * @typedef {object} EvaluateSpec
 * @property {'evaluate'} kind
 * @property {number} run
 * @property {number} scrambleSeed
 */

/**
 * Draw where in a test image a trained BagNet sees a class.
 * @typedef {{run: number, image?: string, label?: string, stride?: 1|2|4|8, mode?: 'faithful'|'report', kind: 'heatmap', sweep?: NameOfSweep, priority?: Priority}} HeatmapRequest
 */

/**
 * @typedef {object} HeatmapSpec
 * @property {'heatmap'} kind
 * @property {number} run
 * @property {string} [image]
 * @property {string} [label]
 * @property {number} stride
 * @property {string} mode
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
