/** Workers on other machines, started with Slurm's {@code srun}. */
@NullMarked
package org.bagnetlab.queue.launch.slurm;

import org.jspecify.annotations.NullMarked;
