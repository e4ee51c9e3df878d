/** What all tables share. */
package org.bagnetlab.storage.table;
