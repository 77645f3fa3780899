#ifndef ENTENTE_STORE_AGREEMENTS_H
#define ENTENTE_STORE_AGREEMENTS_H

#include <entente/store.h>

/* Versions of an agreement and their terms. Writers need an open transaction. */

bool store_version_insert(Store *s, const Version *v, Error *err);
bool store_version_update(Store *s, const Version *v, Error *err);   /* reason and talked */
bool store_versions(Store *s, Id alliance, Arena *arena, Version **ret, size_t *ret_n, Error *err); /* ascending */
bool store_version_get(Store *s, Id id, Arena *arena, Version *ret, Error *err); /* ERR_NOT_FOUND */

bool store_term_insert(Store *s, const Term *t, Error *err);
bool store_term_retire(Store *s, Id term, int version, Error *err);  /* to_version = version */
bool store_term_place(Store *s, Id term, int position, Error *err);
bool store_terms(Store *s, Id alliance, Arena *arena, Term **ret, size_t *ret_n, Error *err); /* of all versions */

#endif
