/** The SQL of trainings and their epochs. */
@NullMarked
package org.bagnetlab.storage.run;

import org.jspecify.annotations.NullMarked;
