#include "own.h"

#include <stdlib.h>

bool app_prompts(App *app, Stage stage, Prompts **ret, Error *err)
{
    Prompts *p;
    if (!app->prompts_dir[0])
        return error_set(err, ERR_UNREADABLE,
                         "The prompts are missing. Name their folder in ENTENTE_PROMPTS.");
    if (!prompts_load(app->prompts_dir, stage, &p, err)) return false;
    char *config = app->demo ? NULL : app_config_dir();
    if (config) {
        Str folder;
        str_init(&folder);
        str_addf(&folder, "%s/prompts", config);
        prompts_add_folder(p, folder.buf);
        str_finish(&folder);
    }
    free(config);
    *ret = p;
    return true;
}

bool app_why(App *app, Id alliance, Stage stage, Arena *arena, Prompts **ret_prompts, const Choice **ret,
             size_t *ret_n, Error *err)
{
    Facts facts;
    Prompts *p;
    if (!app_facts(app, alliance, arena, &facts, err)) return false;
    if (facts.team && stage == STAGE_CHECK_IN) stage = STAGE_TEAM_CHECK_IN;
    if (facts.team && stage == STAGE_DESIGN) stage = STAGE_TEAM_DESIGN;
    if (!app_prompts(app, stage, &p, err)) return false;
    *ret_n = prompt_choose(p, &facts, prompt_seed(alliance, app_today(app), app->seed), arena, ret);
    *ret_prompts = p;
    return true;
}

bool app_offers(App *app, Id alliance, Arena *arena, Offer ret[OFFERS_MAX], size_t *ret_n, Error *err)
{
    Facts facts;
    if (!app_facts(app, alliance, arena, &facts, err)) return false;
    *ret_n = prompt_offers(&facts, arena, ret);
    return true;
}
