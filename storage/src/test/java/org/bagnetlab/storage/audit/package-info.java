@NullMarked
package org.bagnetlab.storage.audit;

import org.jspecify.annotations.NullMarked;
