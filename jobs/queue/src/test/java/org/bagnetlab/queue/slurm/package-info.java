@NullMarked
package org.bagnetlab.queue.slurm;

import org.jspecify.annotations.NullMarked;
