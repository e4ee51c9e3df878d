/**
 * Starts workers, on this machine or elsewhere: the command line of a worker, its process with
 * stdin, stdout and log, its identity and its end. Reads in threads of its own, and survives
 * whatever a process writes.
 */
@NullMarked
package org.bagnetlab.queue.launch;

import org.jspecify.annotations.NullMarked;
