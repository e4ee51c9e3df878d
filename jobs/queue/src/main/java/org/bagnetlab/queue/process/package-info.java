/**
 * A worker as a process of the operating system: its command line, its stdin and stdout, its log
 * and its end. Reads in threads of its own, and survives whatever the process writes.
 */
@NullMarked
package org.bagnetlab.queue.process;

import org.jspecify.annotations.NullMarked;
