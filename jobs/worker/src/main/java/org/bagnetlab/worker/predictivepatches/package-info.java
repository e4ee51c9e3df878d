/** Finds the patches in which networks see the most evidence. */
@NullMarked
package org.bagnetlab.worker.predictivepatches;

import org.jspecify.annotations.NullMarked;
