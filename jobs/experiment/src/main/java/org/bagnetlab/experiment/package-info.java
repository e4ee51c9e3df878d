/** What can be asked for: each experiment with its parameters, its outputs and what it is about. */
@NullMarked
package org.bagnetlab.experiment;

import org.jspecify.annotations.NullMarked;
