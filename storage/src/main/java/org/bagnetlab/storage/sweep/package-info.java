/** The SQL of sweeps and of the rungs that their trials reached. */
@NullMarked
package org.bagnetlab.storage.sweep;

import org.jspecify.annotations.NullMarked;
