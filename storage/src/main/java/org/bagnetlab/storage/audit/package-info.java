/** The SQL of who changed what. */
@NullMarked
package org.bagnetlab.storage.audit;

import org.jspecify.annotations.NullMarked;
