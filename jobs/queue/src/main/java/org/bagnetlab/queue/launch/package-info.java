/**
 * Starts workers, on this machine or elsewhere: the command line of a worker, its process with
 * stdin, stdout and log, its identity and its end. Reads in separate threads, and tolerates any
 * output of a process.
 */
@NullMarked
package org.bagnetlab.queue.launch;

import org.jspecify.annotations.NullMarked;
