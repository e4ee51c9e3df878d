/** Workers on other machines, started with Slurm's {@code srun}. */
package org.bagnetlab.queue.launch.slurm;
