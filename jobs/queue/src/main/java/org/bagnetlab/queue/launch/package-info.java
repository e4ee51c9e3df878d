/**
 * Starts workers, on this machine or elsewhere: the command line of a worker, its process with
 * stdin, stdout and log, its identity and its end. A worker's output is read in separate threads,
 * and may contain anything.
 */
package org.bagnetlab.queue.launch;
