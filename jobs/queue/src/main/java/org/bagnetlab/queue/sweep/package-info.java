/** Sweeps: their definitions, and the rule that promotes their trials. Pure functions. */
@NullMarked
package org.bagnetlab.queue.sweep;

import org.jspecify.annotations.NullMarked;
