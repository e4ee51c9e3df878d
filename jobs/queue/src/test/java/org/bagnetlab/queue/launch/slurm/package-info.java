@NullMarked
package org.bagnetlab.queue.launch.slurm;

import org.jspecify.annotations.NullMarked;
