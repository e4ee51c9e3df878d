/**
 * What jobs run on: the slots of CPUs and GPUs that a machine has, and whether a GPU may be used
 * now.
 */
@NullMarked
package org.bagnetlab.queue.device;

import org.jspecify.annotations.NullMarked;
