@NullMarked
package org.bagnetlab.storage.database;

import org.jspecify.annotations.NullMarked;
