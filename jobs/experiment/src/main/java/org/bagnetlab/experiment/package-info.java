/** The experiments that can be requested, each with its parameters, its outputs and its subject. */
@NullMarked
package org.bagnetlab.experiment;

import org.jspecify.annotations.NullMarked;
